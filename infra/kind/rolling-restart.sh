#!/usr/bin/env bash
# Restarts every replica in the kind cluster while the Global Controller fetches tokens, and fails when one request did.
# The load runs where the network policy lets callers be. After setup.sh.
#
# usage: rolling-restart.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

CALLERS=global-controller
kubeconfig=$(mktemp)
client=$(mktemp)
trap 'rm -f "$kubeconfig" "$client"' EXIT
kind get kubeconfig --name ac-service >"$kubeconfig"
export KUBECONFIG=$kubeconfig

kubectl --namespace ac exec statefulset/ac-service -- \
  /nodejs/bin/node apps/acctl/dist/main.js clients create --json --name 'Load' --scope demo.read >"$client"
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$client"; }

kubectl create namespace $CALLERS --dry-run=client --output yaml | kubectl apply --filename -
kubectl --namespace $CALLERS delete pod load --ignore-not-found
kubectl --namespace $CALLERS delete configmap load --ignore-not-found
kubectl --namespace $CALLERS delete secret load --ignore-not-found
kubectl --namespace $CALLERS create configmap load --from-file=infra/kind/load.mjs
kubectl --namespace $CALLERS create secret generic load --from-literal=CLIENT_ID="$(field client_id)" \
  --from-literal=CLIENT_SECRET="$(field client_secret)"
kubectl --namespace $CALLERS apply --filename infra/kind/load-pod.yaml
kubectl --namespace $CALLERS wait pod/load --for=condition=Ready --timeout=60s
sleep 5

kubectl --namespace ac rollout restart statefulset/ac-service
kubectl --namespace ac rollout status statefulset/ac-service --timeout=300s
sleep 5

# Ends the program, not the pod, so that its last line can be read.
kubectl --namespace $CALLERS exec load -- /nodejs/bin/node -e 'process.kill(1, "SIGTERM")'
kubectl --namespace $CALLERS wait pod/load --for=jsonpath='{.status.phase}'=Succeeded --timeout=30s ||
  {
    kubectl --namespace $CALLERS logs load
    echo 'rolling-restart: requests failed' >&2
    exit 1
  }
kubectl --namespace $CALLERS logs load
