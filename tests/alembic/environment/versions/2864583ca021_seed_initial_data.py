revision = "2864583ca021"
down_revision = "853113448960"


def upgrade():
    pass


def downgrade():
    pass
