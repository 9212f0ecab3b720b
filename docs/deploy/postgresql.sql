-- Run once as the superuser of PostgreSQL: psql --file=postgresql.sql
--
-- careerpath_owner makes and changes tables: prepare_site, migrate, restore and the imports.
-- careerpath_web serves pages. It can neither drop nor alter a table, nor disable a trigger, so
-- that what was published and submitted stays as it is even against somebody inside the site.

CREATE ROLE careerpath_owner LOGIN;
CREATE ROLE careerpath_web LOGIN;
\password careerpath_owner
\password careerpath_web

CREATE DATABASE careerpath OWNER careerpath_owner;
\connect careerpath

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO careerpath_owner;
GRANT USAGE ON SCHEMA public TO careerpath_web;
ALTER DEFAULT PRIVILEGES FOR ROLE careerpath_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO careerpath_web;
ALTER DEFAULT PRIVILEGES FOR ROLE careerpath_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO careerpath_web;
ALTER ROLE careerpath_web SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE careerpath_web SET statement_timeout = '30s';
