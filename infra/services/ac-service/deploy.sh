#!/usr/bin/env bash
# Brings a release to the cluster of the current kubectl context: migrates, rolls out, and waits until all of it is done.
# Safe to repeat. The overlay says which image; nothing is changed in it here.
#
# usage: deploy.sh OVERLAY   (kind, production, or a folder with a kustomization of your own)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
overlay=$1
[ -d "$overlay" ] || overlay=$here/overlays/$1
namespace=ac
limit=300s

config_of() { kubectl --namespace $namespace get configmap ac-service --output jsonpath='{.data}' --ignore-not-found; }

config_before=$(config_of)
# A Job cannot be changed, only made anew.
kubectl --namespace $namespace delete job ac-service-migrate --ignore-not-found
kubectl apply --kustomize "$overlay"
kubectl --namespace $namespace wait job/ac-service-migrate --for=condition=complete --timeout=$limit
# The service reads its configuration once, when it starts.
if [ -n "$config_before" ] && [ "$config_before" != "$(config_of)" ]; then
  kubectl --namespace $namespace rollout restart statefulset/ac-service
fi
kubectl --namespace $namespace rollout status statefulset/ac-service --timeout=$limit
