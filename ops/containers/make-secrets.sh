#!/usr/bin/env bash
# Makes all that is secret in a ledger of containers: a folder for each who needs some of it, and in it nothing else.
# Run again it makes what is missing and changes nothing that is there.
set -euo pipefail
umask 077

top=${LEDGER_SECRETS_TOP:-/secrets}

# 192 random bits as 32 characters that need no quoting anywhere.
password() {
  head -c 24 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'
}

pepper() {
  head -c 32 /dev/urandom
}

# once FILE COMMAND… writes what the command prints, where there is no such file yet; whole, or not at all.
once() {
  local file=$top/$1
  shift
  [ ! -e "$file" ] || return 0
  mkdir -p "$(dirname "$file")"
  "$@" >"$file.new"
  sync "$file.new"
  mv "$file.new" "$file"
}

# What the first folder has, the others get too.
shared() {
  local from=$1
  shift
  for to in "$@"; do
    once "$to" cat "$top/$from"
  done
}

gateway_keys() {
  printf 'local=%s' "$(sha256sum <"$top/operator/gateway-key" | cut -d ' ' -f 1)"
}

once postgresql/superuser-password password
for role in OWNER WRITER RELAY VAULT SEALER; do
  once "postgresql/settings/LEDGER_${role}_PASSWORD" password
  shared "postgresql/settings/LEDGER_${role}_PASSWORD" "command/settings/LEDGER_${role}_PASSWORD"
done
for service in QUERY CONSOLE; do
  once "postgresql/settings/LEDGER_${service}_PASSWORD" password
  shared "postgresql/settings/LEDGER_${service}_PASSWORD" "${service,,}/settings/LEDGER_${service}_PASSWORD"
done
# An auditor comes from outside, with what the operator gives.
once postgresql/settings/LEDGER_AUDITOR_PASSWORD password
shared postgresql/settings/LEDGER_AUDITOR_PASSWORD operator/auditor-password
once command/pepper pepper
shared command/pepper enforcement/pepper
once operator/gateway-key password
once enforcement/settings/LEDGER_GATEWAY_KEYS gateway_keys
once console/first-operator-password password
once console/watcher-secret password
shared console/watcher-secret prometheus/watcher-secret
once grafana/admin-password password

# Each folder is its reader's, by the number its image runs as. Only root can give things away.
if [ "$(id -u)" = 0 ]; then
  chown -R 999:999 "$top/postgresql"
  chown -R 10001:10001 "$top/command" "$top/query" "$top/enforcement" "$top/console"
  chown -R 65534:65534 "$top/prometheus"
  chown -R 472:0 "$top/grafana"
fi
