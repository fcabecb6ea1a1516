"""The database: tables, migrations and the records in them. The only door to SQLAlchemy."""
