/** API tokens that expire, rotate and can be revoked, in memory, SQLite or PostgreSQL. */
@SuppressWarnings("requires-automatic") // pgjdbc names itself in its manifest only, Flyway by the name of its file.
module dev.countermark.apitokens {
    requires transitive dev.countermark.core;
    requires static transitive org.jspecify;
    requires static org.checkerframework.checker.qual;
    requires java.sql;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires org.postgresql.jdbc;
    requires org.xerial.sqlitejdbc;

    exports dev.countermark.apitokens;
    exports dev.countermark.apitokens.jdbc;
}
