"""Katalog: Bücher & "Autoren"

The first tables of the library. Titles are searched without regard to case.

Revision ID: 3f1c9a7b2d10
Revises: 
Create Date: 2023-04-05 09:10:11.121314

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '3f1c9a7b2d10'
down_revision = None
branch_labels = ('catalogue',)
depends_on = None


def upgrade():
    op.create_table(
        'authors',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('name', sa.Text(), nullable=False, comment='as printed; 100% of the name'),
    )
    op.create_table(
        'books',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('author', sa.Integer(), sa.ForeignKey('authors.id', name='books_author_fkey'), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('kind', sa.Enum('novel', 'essay', name='book_kind'), server_default='novel'),
        sa.Column('bought', sa.DateTime(timezone=True), server_default=sa.func.now()),
    )
    op.execute("""
        CREATE FUNCTION folded(title text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
        BEGIN

          -- Running upgrade 3f1c9a7b2d10 -> 8a5e2c4f6b01
          RETURN lower(title);

        END $body$;
    """)
    op.create_index('books_title', 'books', [sa.text('folded(title)')])


def downgrade():
    op.drop_index('books_title', 'books')
    op.execute('DROP FUNCTION folded(text)')
    op.drop_table('books')
    op.execute('DROP TYPE book_kind')
    op.drop_table('authors')
