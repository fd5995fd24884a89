
# The lease of this Region's writer is renewed from here, whatever the application does. systemd fetches the program,
# and tries again for as long as it takes. The image brings Java 17 or newer, and the AWS CLI.
install -d -m 0755 /opt/payments-dr
install -m 0755 /dev/stdin /opt/payments-dr/fetch-lease-renewer <<'SCRIPT'
#!/bin/bash
set -euo pipefail
cd /opt/payments-dr
is_whole() { sha256sum --check --status <<<"@SHA256@  $1"; }
[[ -e lease-renewer.jar ]] && is_whole lease-renewer.jar && exit 0
aws s3 cp --no-progress --region @REGION@ @URL@ fetched.jar
is_whole fetched.jar || { echo "@URL@ must have the SHA-256 @SHA256@, got another" >&2; exit 1; }
chmod 0644 fetched.jar
mv fetched.jar lease-renewer.jar
SCRIPT

cat >/etc/systemd/system/payments-lease-renewer.service <<'UNIT'
[Unit]
Description=Renews the lease of this Region's writer
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
@VARIABLES@
# As root: what runs may not replace itself.
ExecStartPre=+/opt/payments-dr/fetch-lease-renewer
ExecStart=/usr/bin/java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar /opt/payments-dr/lease-renewer.jar
Restart=always
RestartSec=5
# Ended by systemd: what was renewed runs out, and colleagues go on.
SuccessExitStatus=143
# The last one to go when memory is short, and none that takes much.
OOMScoreAdjust=-900
MemoryMax=256M

# A user of its own that may reach the network and do nothing else.
DynamicUser=yes
CapabilityBoundingSet=
LockPersonality=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectSystem=strict
RestrictAddressFamilies=AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now --no-block payments-lease-renewer.service
