# SPDX-License-Identifier: GPL-2.0-only
# what: nfs takes no pin; the server's own file system does, and a client can end it
# timeout: 360

# A server and its client in one guest, without any daemon: what mountd would
# say is put into the kernel's caches beforehand.
mkdir "$T/export" "$T/nfs"
mount -t tmpfs tmpfs "$T/export"
modprobe nfsd
modprobe nfsv4
mount -t nfsd nfsd /proc/fs/nfsd
rpc=/proc/net/rpc

# Also if the test fails: a client without its server cannot be killed.
end_server()
{
	! is_mounted "$T/nfs" || umount -f -l "$T/nfs"
	echo 0 >/proc/fs/nfsd/threads
	for cache in auth.unix.ip nfsd.export nfsd.fh; do
		echo "$later" >$rpc/$cache/flush
	done
}

trap end_server EXIT
later=$(($(date +%s) + 3600))
# An export with id 0, the root of NFSv4, for whoever comes from any port.
echo "nfsd 127.0.0.1 $later client" >$rpc/auth.unix.ip/channel
echo "client $T/export $later $((0x2000 | 0x400 | 0x2)) 65534 65534 0" >$rpc/nfsd.export/channel
printf '%s\n' "client 1 \\x00000000 $later $T/export" >$rpc/nfsd.fh/channel
echo "-2 -3 +4 +4.1 +4.2" >/proc/fs/nfsd/versions
# Clients of an earlier server would have so long to come back.
echo 10 >/proc/fs/nfsd/nfsv4leasetime
echo 10 >/proc/fs/nfsd/nfsv4gracetime
echo "tcp 2049" >/proc/fs/nfsd/portlist
echo 1 >/proc/fs/nfsd/threads
step "waiting for the server"
mount -i -t nfs4 -o addr=127.0.0.1,clientaddr=127.0.0.1,vers=4.2,sec=sys 127.0.0.1:/ "$T/nfs" ||
	fail "cannot mount nfs"

step "no pin"
reason="a server can remove its files without telling this kernel"
expect_errno EPERM bpfobj pin map "$T/nfs/pin"
said_after "bpfpin: no pin on nfs4: $reason" bpfobj pin map "$T/nfs/pin"
expect_same "$(ls "$T/nfs" "$T/export" | grep pin)" ""
expect_errno ENOENT bpfobj get "$T/nfs/pin"
: >"$T/export/file"
expect_errno EACCES bpfobj get "$T/nfs/file"
expect_errno EEXIST bpfobj pin map "$T/nfs/file"
expect_pins 0

step "a pin of the server, seen by the client"
id=$(bpfobj pin map "$T/export/theirs")
expect_errno EACCES bpfobj get "$T/nfs/theirs"
expect_same "$(bpfobj get "$T/export/theirs")" "map $id"
step "waiting for the server to let clients change something"
expect_ok rm "$T/nfs/theirs"
expect_errno ENOENT bpfobj get "$T/export/theirs"
expect_pins 0
gone map "$id"

end_server
trap - EXIT
expect_ok umount "$T/export"
