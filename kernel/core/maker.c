// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who made a pin or a tie, and who else may see it and end it.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/user_namespace.h>

#include "maker.h"

/* It is the caller, now. */
void bpf_maker_init(struct bpf_maker *maker)
{
	maker->uid = current_fsuid();
	maker->pid = task_tgid_nr(current);
	/* As newer kernels do: no lock.  It always ends in a zero. */
	data_race(memcpy(maker->comm, current->group_leader->comm,
			 sizeof(maker->comm)));
	maker->created = ktime_get_real_ns();
}

/*
 * May the caller see what was made, and end it?  Being root is not enough: it may
 * be that of a container, with nothing of the host's rights but the number.
 */
bool bpf_maker_may_see(const struct bpf_maker *maker)
{
	if (uid_eq(current_fsuid(), maker->uid) &&
	    !uid_eq(maker->uid, GLOBAL_ROOT_UID))
		return true;
	return ns_capable_noaudit(&init_user_ns, CAP_BPF) ||
	       ns_capable_noaudit(&init_user_ns, CAP_SYS_ADMIN);
}
