"""statistics

Revision ID: 51f0b7c2e9d4
Revises: 
Create Date: 2023-08-01 12:00:00

"""
from alembic import op

revision = '51f0b7c2e9d4'
down_revision = None
branch_labels = ['statistics']
depends_on = '8a5e2c4f6b01'


def upgrade():
    op.execute("CREATE VIEW loans_by_book AS SELECT book, count(*)::int AS times FROM loans GROUP BY book")


def downgrade():
    op.execute("DROP VIEW loans_by_book")
