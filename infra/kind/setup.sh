#!/usr/bin/env bash
# From nothing to a token on this machine: a kind cluster, the image, secrets, PostgreSQL with TLS, two replicas, a client.
# Needs docker, kind, kubectl, openssl and curl. Safe to repeat: what is there is kept.
#
# usage: setup.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

CLUSTER=ac-service
IMAGE=localhost/ac-service:kind
NAMESPACE=ac
PORT=8082

say() { echo "kind: $*" >&2; }
for tool in docker kind kubectl openssl curl; do
  command -v $tool >/dev/null || {
    say "$tool is missing"
    exit 1
  }
done

if ! kind get clusters 2>/dev/null | grep -qx $CLUSTER; then kind create cluster --config infra/kind/cluster.yaml --wait 120s; fi
# Never another cluster, whatever the current context of this shell is.
kubeconfig=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$kubeconfig" "$work"; kill "${forwarding:-}" 2>/dev/null || true' EXIT
kind get kubeconfig --name $CLUSTER >"$kubeconfig"
export KUBECONFIG=$kubeconfig
k() { kubectl --namespace $NAMESPACE "$@"; }

say 'building the image'
docker build --quiet --tag $IMAGE . >/dev/null
kind load docker-image --name $CLUSTER $IMAGE

kubectl apply --filename infra/services/ac-service/base/namespace.yaml
# Keys and passwords outlive a second run: the database was sealed with them.
if ! k get secret ac-service >/dev/null 2>&1; then
  say 'making secrets'
  infra/tls/make-certificates.sh "$work" ac-database-rw ac-database-rw.ac.svc.cluster.local
  owner=$(openssl rand -hex 24)
  login=$(openssl rand -hex 24)
  url() { printf 'postgresql://%s:%s@ac-database-rw.ac.svc.cluster.local:5432/ac' "$1" "$2" >"$work/$3"; }
  url ac_owner "$owner" owner-url
  url ac_login "$login" login-url
  printf '%s' "$owner" >"$work/owner"
  printf '%s' "$login" >"$work/login"
  openssl rand -hex 24 | tr -d '\n' >"$work/superuser"
  openssl rand -base64 32 | tr -d '\n' >"$work/master-key"
  openssl rand -base64 32 | tr -d '\n' >"$work/hash-secret"
  # From files: what is on a command line is in the process list.
  k create secret generic ac-database-passwords --from-file="$work/superuser" --from-file="$work/owner" --from-file="$work/login"
  k create secret tls ac-database-tls --cert="$work/server.crt" --key="$work/server.key"
  k create secret generic ac-database-ca --from-file="$work/ca.crt"
  k create secret generic ac-service-migrate --from-file=DATABASE_URL="$work/owner-url"
  k create secret generic ac-service --from-file=DATABASE_URL="$work/login-url" --from-file=AC_MASTER_KEY="$work/master-key" \
    --from-literal=AC_MASTER_KEYS_PREVIOUS= --from-file=AC_HASH_SECRET="$work/hash-secret"
fi

say 'deploying'
infra/services/ac-service/deploy.sh kind

acctl() { k exec statefulset/ac-service -- /nodejs/bin/node apps/acctl/dist/main.js "$@"; }
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$2"; }
create_client() { # $1: file, $2: name, $3: scope
  acctl clients create --json --name "$2" --scope "$3" >"$1"
}

if ! k get secret ac-service-rotate-keys >/dev/null 2>&1; then
  create_client "$work/rotation" 'Key rotation' service.rotate-keys.ac
  field client_id "$work/rotation" | tr -d '\n' >"$work/CLIENT_ID"
  field client_secret "$work/rotation" | tr -d '\n' >"$work/CLIENT_SECRET"
  k create secret generic ac-service-rotate-keys --from-file="$work/CLIENT_ID" --from-file="$work/CLIENT_SECRET"
fi

create_client "$work/demo" Demo 'demo.read demo.write'
id=$(field client_id "$work/demo")
secret=$(field client_secret "$work/demo")
k port-forward service/ac-service $PORT:8082 >/dev/null &
forwarding=$!
for _ in $(seq 50); do
  if curl --silent --fail --output /dev/null http://127.0.0.1:$PORT/.well-known/jwks.json; then break; fi
  sleep 0.2
done
say 'a token:'
curl --silent --show-error --fail-with-body --user "$id:$secret" --data grant_type=client_credentials \
  http://127.0.0.1:$PORT/oauth2/token
echo
cat >&2 <<TEXT
kind: again, while \`kubectl --namespace $NAMESPACE port-forward service/ac-service $PORT:8082\` runs:
  curl --user '$id:$secret' --data grant_type=client_credentials http://127.0.0.1:$PORT/oauth2/token
kind: infra/kind/teardown.sh removes the cluster and all that is in it
TEXT
