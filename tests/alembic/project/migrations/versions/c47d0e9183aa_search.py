"""search by bought

Revision ID: c47d0e9183aa
Revises: 3f1c9a7b2d10
"""
from alembic import op

revision = 'c47d0e9183aa'
down_revision = '3f1c9a7b2d10'
branch_labels = 'search'


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index('books_bought', 'books', ['bought'], postgresql_concurrently=True)


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index('books_bought', 'books', postgresql_concurrently=True)
