"""loans

Revision ID: 8a5e2c4f6b01
Revises: 3f1c9a7b2d10
Create Date: 2023-06-07 08:09:10+02:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

revision: str = '8a5e2c4f6b01'
down_revision: Union[str, None] = "3f1c9a7b2d10"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    loans = op.create_table(
        'loans',
        sa.Column('book', sa.Integer(), sa.ForeignKey('books.id'), nullable=False),
        sa.Column('reader', sa.Text(), nullable=False),
    )
    op.execute("INSERT INTO authors VALUES (1, 'Anna Seghers')")
    op.execute("INSERT INTO books (id, author, title, bought) VALUES (1, 1, 'Transit', '2023-01-02'), (2, 1, '50% \\:off; it''s', NULL)")
    op.bulk_insert(loans, [{'book': 1, 'reader': "O'Brien"}, {'book': 2, 'reader': 'C. D.'}])


def downgrade() -> None:
    op.drop_table('loans')
    op.execute('DELETE FROM books')
    op.execute('DELETE FROM authors')
