#!/usr/bin/env bash
# Makes what a PostgreSQL with verified TLS needs on one machine: an authority that only this folder knows, and a
# certificate of the database. For local stacks and tests; a real database has the certificates of its platform.
#
# usage: make-certificates.sh FOLDER NAME...   (host names and IPv4 addresses of the database)
# Leaves FOLDER/ca.crt, server.crt and server.key. Does nothing when they are there and are valid for another day.
set -euo pipefail

folder=$1
shift
mkdir -p "$folder"
cd "$folder"
if [ -f server.crt ] && openssl x509 -checkend 86400 -noout -in server.crt >/dev/null; then exit 0; fi

names=()
for name in "$@"; do
  if [[ $name =~ ^[0-9.]+$ ]]; then names+=("IP:$name"); else names+=("DNS:$name"); fi
done

# The key of the authority is deleted with the folder that it is made in: nothing can be signed later.
authority=$(mktemp -d)
trap 'rm -rf "$authority"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj '/CN=ac-service local authority' \
  -keyout "$authority/ca.key" -out ca.crt 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=postgres' \
  -keyout server.key -out "$authority/server.csr" 2>/dev/null
printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$(IFS=,; echo "${names[*]}")" >"$authority/server.ext"
openssl x509 -req -in "$authority/server.csr" -CA ca.crt -CAkey "$authority/ca.key" -CAcreateserial \
  -CAserial "$authority/serial" -days 365 -extfile "$authority/server.ext" -out server.crt 2>/dev/null
chmod 600 server.key
