# Whether the service of this container is ready, by its own word. The image has no curl; bash opens the connection itself.
# LEDGER_READY_PORT is where the service listens.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$LEDGER_READY_PORT"
printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS=' ' read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
