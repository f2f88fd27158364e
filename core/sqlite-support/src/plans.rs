//! Query plans of prepared statements.

use rusqlite::{Connection, config::DbConfig};

/// Keeps the plan of a prepared statement whatever values are bound to it.
///
/// SQLite is compiled with `STAT4`. Where a plan could depend on a bound value, such as beside a partial
/// index, SQLite would otherwise parse and plan the statement anew each time that another value is bound.
/// On the phone that took half of the time of a sync.
pub fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    /// Binds three values to one statement. Returns how often SQLite prepared it again.
    fn prepared_again(connection: &Connection) -> i32 {
        let schema = "CREATE TABLE cell (collection TEXT, record TEXT, resend INTEGER,
                        PRIMARY KEY (collection, record)) WITHOUT ROWID;
                      CREATE INDEX to_resend ON cell (record) WHERE resend = 1;";
        connection.execute_batch(schema).unwrap();
        let sql = "SELECT record FROM cell WHERE collection = ? AND resend = ?";
        let mut statement = connection.prepare(sql).unwrap();
        for collection in ["ask", "saved", "contact"] {
            assert!(!statement.exists((collection, 0)).unwrap());
        }
        statement.get_status(StatementStatus::RePrepare)
    }

    #[test]
    fn statement_is_not_prepared_again_for_another_value() {
        let connection = Connection::open_in_memory().unwrap();
        assert!(prepared_again(&connection) > 0, "without it SQLite does");
        let connection = Connection::open_in_memory().unwrap();
        keep_plans(&connection).unwrap();
        assert_eq!(prepared_again(&connection), 0);
    }
}
