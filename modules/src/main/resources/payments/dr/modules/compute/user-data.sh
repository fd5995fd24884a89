#!/bin/bash
# First boot of an instance. An image that brings its own payments.service keeps it; on a plain
# Amazon Linux this stand-in answers the health check, so that an environment is healthy before the
# first release. It installs nothing: a launch must not depend on a package repository.
set -euo pipefail
@LEASE_RENEWER@
if systemctl cat payments.service &>/dev/null; then
  exit 0
fi

install -D -m 0644 /dev/stdin "/srv/payments@PATH@" <<<OK

cat >/etc/systemd/system/payments.service <<'UNIT'
[Unit]
Description=Stand-in for the payments application
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/bin/python3 -m http.server @PORT@ --directory /srv/payments
Restart=always
RestartSec=1

# A user of its own that may bind a low port and do nothing else.
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=strict
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6
RestrictNamespaces=yes
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
UNIT

systemctl daemon-reload
systemctl enable --now payments.service
