revision = "853113448960"
down_revision = "37a02ec8662a"


def upgrade():
    pass


def downgrade():
    pass
