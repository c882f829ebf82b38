#!/usr/bin/env bash
# Makes what the local stack keeps secret, once: passwords, keys and certificates, as files that only the users of the
# containers can read.
#
# usage: make-secrets.sh FOLDER
set -euo pipefail

folder=$1
service_user=65532
postgres_user=999

secret() { # $1: file, $2: user; stdin: content
  if [ -f "$folder/$1" ]; then cat >/dev/null; else cat >"$folder/$1"; fi
  chown "$2:$2" "$folder/$1"
  chmod 400 "$folder/$1"
}
random() { openssl rand -hex 24 | tr -d '\n'; }
url() { printf 'postgresql://%s:%s@postgres:5432/ac' "$1" "$(cat "$folder/$2")"; }

chmod 755 "$folder"
random | secret superuser-password $postgres_user
random | secret owner-password $postgres_user
random | secret login-password $postgres_user
openssl rand -base64 32 | tr -d '\n' | secret master-key $service_user
openssl rand -base64 32 | tr -d '\n' | secret hash-secret $service_user
url ac_owner owner-password | secret owner-url $service_user
url ac_login login-password | secret login-url $service_user

# Beside this script in the container, elsewhere in the repository.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
certificates=$here/make-certificates.sh
[ -f "$certificates" ] || certificates=$here/../tls/make-certificates.sh
"$certificates" "$folder" postgres
chown $postgres_user:$postgres_user "$folder/server.key" "$folder/server.crt"
