// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a pin's file can do: be read.  An iterator link prints what it prints
 * in bpffs, any other object one line that says what it is.
 *
 * The text is made at open, so an open file holds no object: it holds its
 * inode, and that holds the pin, as in bpffs.  Writers never get here: the
 * inode is shut to them (see pin_file.c).
 */

#include <linux/bpf.h>
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "object.h"
#include "pin_file.h"
#include "pin_text.h"

static int pin_text_show(struct seq_file *seq, void *v)
{
	seq_puts(seq, seq->private);
	return 0;
}

/* The line about an object, to be freed with kfree(), or NULL. */
char *bpf_pin_text(void *raw, enum bpf_type type)
{
	char subtype[BPF_OBJ_NAME_LEN * 3];
	struct bpf_object_info info;
	unsigned int i;

	bpf_object_describe(raw, type, &info);
	strscpy(subtype, info.subtype_name, sizeof(subtype));
	for (i = 0; subtype[i]; i++)
		subtype[i] = tolower(subtype[i]);

	if (type == BPF_TYPE_PROG)
		return kasprintf(GFP_KERNEL, "prog %u %s name %s tag %*phN\n",
				 info.id, subtype, info.name,
				 (int)sizeof(info.tag), info.tag);
	if (type == BPF_TYPE_MAP)
		return kasprintf(GFP_KERNEL, "map %u %s name %s\n",
				 info.id, subtype, info.name);
	return kasprintf(GFP_KERNEL, "link %u %s\n", info.id, subtype);
}

/**
 * bpf_pin_open_iter() - an iterator begins to print into a file
 * @file: that is just being opened, and whose operations become bpf_iter_fops
 * @link: of the iterator
 *
 * The iterator's open looks at nothing of the inode but the link that it is
 * for; a pin's cannot carry that, i_private belongs to its file system.
 *
 * Context: may sleep.
 * Return: 0 or a negative errno.
 */
int bpf_pin_open_iter(struct file *file, struct bpf_link *link)
{
	struct inode *carrier;
	int ret;

	carrier = kzalloc(sizeof(*carrier), GFP_KERNEL);
	if (!carrier)
		return -ENOMEM;
	carrier->i_private = link;
	ret = bpf_iter_fops.open(carrier, file);
	kfree(carrier);
	return ret;
}

static int pin_open(struct inode *inode, struct file *file)
{
	enum bpf_type type;
	fmode_t mode;
	char *text;
	void *raw;
	int ret;

	if (file->f_mode & FMODE_WRITE)
		return -EPERM;

	raw = bpf_pin_file_object(bpf_owner_of(inode->i_sb).kind, inode, &type,
				  &mode);
	if (IS_ERR_OR_NULL(raw))
		return -ESTALE;

	if (bpf_object_is_iter(raw, type)) {
		ret = bpf_pin_open_iter(file, raw);
		/* From here on the file does not need us. */
		if (!ret)
			replace_fops(file, fops_get(&bpf_iter_fops));
	} else {
		text = bpf_pin_text(raw, type);
		ret = text ? single_open(file, pin_text_show, text) : -ENOMEM;
		if (ret)
			kfree(text);
	}
	bpf_object_put(raw, type);
	return ret;
}

static int pin_text_release(struct inode *inode, struct file *file)
{
	struct seq_file *seq = file->private_data;

	kfree(seq->private);
	return single_release(inode, file);
}

const struct file_operations bpf_pin_fops = {
	.owner		= THIS_MODULE,
	.open		= pin_open,
	.read_iter	= seq_read_iter,
	.splice_read	= copy_splice_read,
	.llseek		= seq_lseek,
	.release	= pin_text_release,
};
