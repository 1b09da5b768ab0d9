// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
void *probe(void);
void *probe(void)
{
	return copy_splice_read;
}
