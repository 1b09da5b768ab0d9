# SPDX-License-Identifier: GPL-2.0-only
# what: pins in cgroup directories: names, permissions, owners, and what is refused
. /tests/cli.sh

c=/sys/fs/cgroup/bpfpin-test
mkdir $c
x=$(printf '%0252d' 0)
id=$(bpfobj pin map $c/bpf)

step "names"
expect_calls <<-END
EPERM pin map $c/map
EPERM pin map $c/BPF
EPERM pin map $c/cgroup.new
EPERM pin map $c/bp
EEXIST pin map $c/bpf
EEXIST pin map $c/cgroup.procs
EEXIST pin map $c
ENOENT pin map $c/missing/bpf
ENOTDIR pin map $c/cgroup.procs/bpf
ENOTDIR pin map $c/bpf/bpf
ok pin map $c/bpf$x
EEXIST pin map $c/bpf$x
ok unlink $c/bpf$x
ENAMETOOLONG pin map $c/bpf${x}0
EINVAL pin-fd 0 $c/bpf-fd
EACCES get $c/cgroup.procs
EACCES get $c
ENOENT get $c/bpf-missing
END
said_after 'no pin on cgroup2: the name of a file there has to begin with "bpf"' \
	bpfobj pin map $c/map
expect_fail mkdir $c/bpf
for at in $c /sys/fs/cgroup; do
	error "cannot pin to $at/x: the name of a file there has to begin with \"bpf\", others are the kernel's" \
		pin map id "$id" $at/x
	quiet pin map id "$id" $at/bpf-by-command
	rm $at/bpf-by-command
done
error "cannot pin to $c/bpf: there is a file already" pin map id "$id" $c/bpf
error "cannot pin to $c/a/x: No such file or directory" pin map id "$id" $c/a/x

step "no writing, and nothing else that is done to files"
expect_calls <<-END
ETXTBSY open $c/bpf w
ETXTBSY open $c/bpf rw
ETXTBSY open $c/bpf w,trunc
EPERM rename $c/bpf $c/bpf-renamed
EPERM link $c/bpf $c/bpf-linked
EPERM symlink bpf $c/bpf-symlink
END
expect_errno ENODEV fileop mmap $c/bpf
expect_same "$(cat $c/bpf)" "map $id array name bpfobj_map"

step "mode and owner"
cd $c
for mask in 000 022 377 777; do
	(umask $mask && bpfobj pin map bpf$mask >/dev/null)
done
expect_same "$(stat -c '%n %a %u:%g %s %F' bpf?* | tr '\n' ',')" \
	"bpf000 600 0:0 0 regular empty file,bpf022 600 0:0 0 regular empty file,bpf377 400 0:0 0 regular empty file,bpf777 0 0:0 0 regular empty file,"
rm bpf?*

step "users: EACCES without write permission, and in a directory of theirs all works"
mkdir mine
chown 1000:1000 mine
user=$(with_bpf bpfobj pin map mine/bpf)
expect_same "$(stat -c '%a %u:%g' mine/bpf)" "600 1000:1000"
bpfobj pin map mine/bpf-of-root >/dev/null
expect_calls with_bpf <<-END
EACCES pin map $c/bpf-new
EACCES get $c/bpf
EACCES open $c/bpf r
EACCES unlink $c/bpf
EEXIST pin map mine/bpf
ok get mine/bpf
ok get mine/bpf rdonly
EACCES get mine/bpf-of-root
ok unlink mine/bpf-of-root
EPERM unlink mine/cgroup.procs
END
expect_errno EACCES as_other bpfobj unlink mine/bpf
expect_errno EACCES as_other bpfobj get mine/bpf
chmod 644 mine/bpf
expect_text "map $user" as_other bpfobj get mine/bpf rdonly
expect_errno EACCES as_other bpfobj get mine/bpf
expect_ok with_bpf bpfobj unlink mine/bpf
gone map "$user"
rmdir mine

step "a directory that was removed"
mkdir gone
cd gone
rmdir ../gone
expect_errno ENOENT bpfobj pin map bpf
expect_errno ENOENT bpfobj get bpf
cd "$T"

step "a read-only mount"
mkdir "$T/ro"
mount -t cgroup2 cgroup2 "$T/ro"
mount -o remount,bind,ro "$T/ro"
expect_errno EROFS bpfobj pin map "$T/ro/bpfpin-test/bpf-new"
expect_text "map $id" bpfobj get "$T/ro/bpfpin-test/bpf" rdonly
umount "$T/ro"
rmdir $c
gone map "$id"
expect_pins 0
