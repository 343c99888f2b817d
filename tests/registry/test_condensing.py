"""Statements that add to the same table become one; nothing else is touched."""

from compounds.registry.schemas.condensing import condensed

KEY = 'ALTER TABLE "a" ADD COLUMN "b_id" bigint NOT NULL CONSTRAINT "fk" REFERENCES "b"("id") DEFERRABLE'
CHECKED_KEY = f'{KEY}; SET CONSTRAINTS "fk" IMMEDIATE'


def test_additions_to_one_table_that_follow_each_other_are_one_statement():
    assert condensed([CHECKED_KEY, 'ALTER TABLE "a" ADD CONSTRAINT "c" CHECK ("b_id" > 0)']) == [
        f'{KEY},\nADD CONSTRAINT "c" CHECK ("b_id" > 0)'
    ]


def test_the_order_of_everything_else_stays():
    statements = [
        'ALTER TABLE "a" ADD COLUMN "x" int',
        'ALTER TABLE "b" ADD COLUMN "x" int',
        'ALTER TABLE "b" ALTER COLUMN "x" DROP NOT NULL',
        'ALTER TABLE "b" ADD COLUMN "y" int',
        'CREATE INDEX "i" ON "b" ("y")',
        'ALTER TABLE "b" ADD COLUMN "z" int',
    ]

    assert condensed(statements) == statements


def test_what_holds_a_semicolon_of_its_own_is_left_as_it_is():
    statements = [
        """ALTER TABLE "a" ADD COLUMN "x" text DEFAULT ';' NOT NULL""",
        'ALTER TABLE "a" ADD COLUMN "y" int; DELETE FROM "a"',
    ]

    assert condensed(statements) == statements
