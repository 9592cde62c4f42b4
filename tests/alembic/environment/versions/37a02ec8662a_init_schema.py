revision = "37a02ec8662a"
down_revision = "000000000001"


def upgrade():
    pass


def downgrade():
    pass
