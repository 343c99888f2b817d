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


A = 'CREATE TABLE "a" ("id" bigint PRIMARY KEY)'
B = 'CREATE TABLE "b" ("id" bigint PRIMARY KEY)'
TO_A = 'ALTER TABLE "b" ADD CONSTRAINT "to_a" FOREIGN KEY ("id") REFERENCES "a" ("id") DEFERRABLE'
TO_B = 'ALTER TABLE "a" ADD CONSTRAINT "to_b" FOREIGN KEY ("id") REFERENCES "b" ("id") DEFERRABLE'
COLUMN = 'ALTER TABLE "b" ADD COLUMN "x" int'
CHECK = 'ALTER TABLE "b" ADD CONSTRAINT "few" CHECK ("x" < 9)'
INDEX = 'CREATE INDEX "i" ON "b" ("id")'
ROWS = 'INSERT INTO "b" VALUES (1)'


def test_what_is_added_to_a_new_table_stands_in_its_creation():
    assert condensed([A, B, INDEX, TO_A, COLUMN, CHECK]) == [
        A,
        (
            'CREATE TABLE "b" ("id" bigint PRIMARY KEY,\n'
            'CONSTRAINT "to_a" FOREIGN KEY ("id") REFERENCES "a" ("id") DEFERRABLE,\n'
            '"x" int,\nCONSTRAINT "few" CHECK ("x" < 9))'
        ),
        INDEX,
    ]


def test_a_key_to_a_table_that_came_later_stays_and_so_does_what_comes_after_it():
    later = 'ALTER TABLE "a" ADD CONSTRAINT "c" CHECK ("id" > 0)'

    assert condensed([A, B, TO_B, INDEX, later]) == [A, B, TO_B, INDEX, later]


def test_nothing_refers_to_a_table_before_that_has_all_it_refers_to():
    code = 'ALTER TABLE "a" ADD COLUMN "code" bigint REFERENCES "b" ("id")'
    unique = 'ALTER TABLE "a" ADD CONSTRAINT "once" UNIQUE ("code")'
    key = 'ALTER TABLE "b" ADD CONSTRAINT "by_code" FOREIGN KEY ("id") REFERENCES "a" ("code")'

    assert condensed([A, B, code, unique, key]) == [A, B, f'{code},\nADD CONSTRAINT "once" UNIQUE ("code")', key]


def test_nothing_is_moved_across_what_may_look_at_any_table():
    assert condensed([A, B, ROWS, TO_A, COLUMN]) == [A, B, ROWS, f'{TO_A},\nADD COLUMN "x" int']
