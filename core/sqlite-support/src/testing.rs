//! A check for tests: an upgraded database has the schema of a fresh one.

#![allow(clippy::panic, clippy::expect_used, reason = "a check says by panicking what is wrong")]

use rusqlite::Connection;

use crate::Migrations;

/// Asserts that every way to the current version ends in one schema: applying all steps to an
/// empty database, stopping after each step in between, and upgrading each released version.
///
/// `released` holds a frozen copy of the whole schema of each released version, the first version
/// first. A copy is made when a version is released and never edited, so this also fails if a step
/// was edited after its release.
///
/// # Panics
///
/// If two ways end in different schemas, or a step fails.
pub fn assert_upgraded_equals_fresh(migrations: &Migrations<'_>, released: &[&str]) {
    let fresh = migrated(empty(), migrations);
    let steps = usize::try_from(migrations.version()).expect("a count of steps");
    assert!(released.len() <= steps, "a version was released that no step leads to");
    for taken in 0..steps {
        let stopped = migrated(empty(), &migrations.first(taken)).connection;
        let upgraded = migrated(stopped, migrations);
        assert_eq!(upgraded.schema, fresh.schema, "stopped after step {taken}");
    }
    for (frozen, version) in released.iter().zip(1_i64..) {
        let connection = empty();
        connection.execute_batch(frozen).expect("the frozen schema is valid SQL");
        connection.pragma_update(None, "user_version", version).expect("the version is set");
        let upgraded = migrated(connection, migrations);
        assert_eq!(upgraded.schema, fresh.schema, "upgraded from version {version}");
    }
}

struct Migrated {
    connection: Connection,
    /// The SQL of each table, index, view and trigger, by name, without differences in white space.
    schema: Vec<(String, String)>,
}

fn empty() -> Connection {
    Connection::open_in_memory().expect("a database in memory opens")
}

fn migrated(mut connection: Connection, migrations: &Migrations<'_>) -> Migrated {
    migrations.apply(&mut connection).expect("the steps can be applied");
    let schema = schema(&connection).expect("the schema can be read");
    Migrated { connection, schema }
}

fn schema(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_master ORDER BY 1";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (name, sql) = row?;
        Ok((name, sql.split_whitespace().collect::<Vec<_>>().join(" ")))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [&str; 2] = ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y"];

    #[test]
    fn unchanged_steps_pass() {
        assert_upgraded_equals_fresh(&Migrations::new(&STEPS), &["CREATE TABLE a  (x)"]);
        assert_upgraded_equals_fresh(&Migrations::new(&STEPS), &[]);
    }

    #[test]
    #[should_panic(expected = "upgraded from version 1")]
    fn edited_step_fails() {
        let edited = ["CREATE TABLE a (x, z)", STEPS[1]];
        assert_upgraded_equals_fresh(&Migrations::new(&edited), &[STEPS[0]]);
    }
}
