// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stamps: how a file that outlived its pin is told from an ordinary one.
 *
 * On a disk the file of a pin survives the umount and the reboot that ended
 * the pin.  So it carries an extended attribute with the instance (drawn at
 * random when this is loaded) and the id of the pin.  In the trusted namespace,
 * which only CAP_SYS_ADMIN can write: nobody can make somebody's file look
 * like one of ours.
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/xattr.h>

#include "object.h"
#include "owner.h"
#include "pin.h"
#include "stamp.h"

#define STAMP_XATTR	XATTR_TRUSTED_PREFIX "bpfpin"
#define STAMP_FORMAT	"bpfpin 1 instance %pUb pin %u %s %u %s"
#define STAMP_PARSE	"bpfpin 1 instance %36s pin %u"

static uuid_t stamp_instance;

void bpf_stamp_init(void)
{
	uuid_gen(&stamp_instance);
}

/* What tells the pins of this load from those of any other. */
const uuid_t *bpf_stamp_instance(void)
{
	return &stamp_instance;
}

/**
 * bpf_stamp_write() - stamp the file of a pin
 * @idmap: of the mount
 * @dentry: the file, just made, its parent locked by the caller
 * @pin: not attached yet
 *
 * Context: may sleep.
 * Return: 0 or a negative errno, such as -ENOSPC; -EPERM or -EOPNOTSUPP where
 * the file system cannot store it.
 */
int bpf_stamp_write(struct mnt_idmap *idmap, struct dentry *dentry,
		    const struct bpf_pin *pin)
{
	struct inode *inode = d_inode(dentry);
	struct bpf_object_info info;
	char text[BPF_STAMP_LEN];
	int len, ret;

	bpf_object_describe(pin->raw, pin->type, &info);
	len = scnprintf(text, sizeof(text), STAMP_FORMAT, &stamp_instance,
			pin->id.nr, bpf_object_type_name(pin->type), info.id,
			info.name);

	inode_lock(inode);
	ret = __vfs_setxattr(idmap, dentry, inode, STAMP_XATTR, text, len,
			     XATTR_CREATE);
	inode_unlock(inode);
	return ret;
}

/**
 * bpf_stamp_read() - what the stamp of a file says
 * @dentry: the file
 * @text: BPF_STAMP_LEN bytes; the stamp, or empty
 * @id: of the pin it tells of, or 0
 *
 * Context: may sleep.
 */
enum bpf_stamp_state bpf_stamp_read(struct dentry *dentry, char *text, u32 *id)
{
	struct inode *inode = d_inode(dentry);
	char instance[UUID_STRING_LEN + 1];
	uuid_t uuid;
	ssize_t len;

	*text = '\0';
	*id = 0;
	if (!S_ISREG(inode->i_mode) ||
	    !(bpf_owner_of(inode->i_sb).fs->can & BPF_OWNER_STAMP))
		return BPF_STAMP_NONE;

	len = __vfs_getxattr(dentry, inode, STAMP_XATTR, text,
			     BPF_STAMP_LEN - 1);
	text[max_t(ssize_t, len, 0)] = '\0';
	if (len <= 0 || sscanf(text, STAMP_PARSE, instance, id) != 2 ||
	    uuid_parse(instance, &uuid)) {
		*text = '\0';
		*id = 0;
		return BPF_STAMP_NONE;
	}

	return uuid_equal(&uuid, &stamp_instance) && bpf_pin_id_used(*id) ?
		BPF_STAMP_ALIVE : BPF_STAMP_STALE;
}
