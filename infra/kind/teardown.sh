#!/usr/bin/env bash
# Removes the cluster that setup.sh made, and everything in it.
set -euo pipefail

kind delete cluster --name ac-service
