revision = "000000000001"
down_revision = None


def upgrade():
    pass


def downgrade():
    pass
