#!/usr/bin/env bash
# Makes the database of ac-service and its three roles (ADR-0018), for the local stacks. The image of PostgreSQL runs this
# once, on an empty data directory, as the superuser. AC_OWNER_PASSWORD and AC_LOGIN_PASSWORD must be set, or with _FILE.
set -euo pipefail

owner_password=${AC_OWNER_PASSWORD:-$(cat "$AC_OWNER_PASSWORD_FILE")}
login_password=${AC_LOGIN_PASSWORD:-$(cat "$AC_LOGIN_PASSWORD_FILE")}

psql --set ON_ERROR_STOP=1 --set owner_password="$owner_password" --set login_password="$login_password" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role ac_service nologin;
create role ac_owner login password :'owner_password';
create role ac_login login password :'login_password' in role ac_service;
grant ac_service to ac_owner with admin option;
create database ac owner ac_owner;
revoke all on database ac from public;
grant connect on database ac to ac_service;
SQL
