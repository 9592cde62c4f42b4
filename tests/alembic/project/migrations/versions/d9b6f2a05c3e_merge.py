"""merge loans and search

Revision ID: d9b6f2a05c3e
Revises: c47d0e9183aa, 8a5e2c4f6b01
Create Date: 2023-07-01 12:00:00

"""
revision = 'd9b6f2a05c3e'
down_revision = ('c47d0e9183aa', '8a5e2c4f6b01')
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
