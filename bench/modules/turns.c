// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two processors take turns, wherever they are: what two processors at once get done
 * can then be measured in a guest whose clock counts instructions.
 *
 * There QEMU runs one processor at a time, and goes to the next one when that has
 * nothing to do or executes a PAUSE; so two that are busy never meet inside a lock.
 * Here the timer of a processor interrupts it after a random time, gives the turn
 * away and waits in its handler for getting it back.  While both have turns of the
 * same length it is as if each had half a processor's speed.  A processor that has
 * nothing to do, or spins for what the other one has locked, uses its turn up all
 * the same, as in a real machine.
 */

#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/smp.h>

/* A turn in nanoseconds; what an interrupt costs is part of it. */
static unsigned int shortest = 4000;
module_param(shortest, uint, 0444);
static unsigned int longest = 12000;
module_param(longest, uint, 0444);

/* Who is not given his turn back takes it: the other may wait for him. */
#define PATIENCE	1000000

static DEFINE_PER_CPU(struct hrtimer, turn_timer);
static DEFINE_PER_CPU(u32, turn_random);
static int whose_turn;
static bool game_over;
static unsigned long turns_taken;
module_param_named(taken, turns_taken, ulong, 0444);
static unsigned long turns_missed;
module_param_named(missed, turns_missed, ulong, 0444);

static u64 length_of_turn(void)
{
	u32 number = this_cpu_read(turn_random) * 1664525 + 1013904223;

	this_cpu_write(turn_random, number);
	return shortest + (number >> 8) % (longest - shortest);
}

static enum hrtimer_restart turn_over(struct hrtimer *timer)
{
	int me = smp_processor_id();
	u64 end = ktime_get_ns() + PATIENCE;

	WRITE_ONCE(whose_turn, !me);
	while (READ_ONCE(whose_turn) != me && !READ_ONCE(game_over)) {
		cpu_relax();
		if (ktime_get_ns() > end) {
			turns_missed++;
			WRITE_ONCE(whose_turn, me);
		}
	}
	if (READ_ONCE(game_over))
		return HRTIMER_NORESTART;
	turns_taken++;
	hrtimer_forward_now(timer, ns_to_ktime(length_of_turn()));
	return HRTIMER_RESTART;
}

static void begin(void *unused)
{
	struct hrtimer *timer = this_cpu_ptr(&turn_timer);

	this_cpu_write(turn_random, smp_processor_id());
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer->function = turn_over;
	hrtimer_start(timer, ns_to_ktime(longest), HRTIMER_MODE_REL_PINNED_HARD);
}

static int __init turns_init(void)
{
	if (num_online_cpus() != 2 || !cpu_online(1) || shortest >= longest)
		return -EINVAL;
	on_each_cpu(begin, NULL, 1);
	return 0;
}

static void __exit turns_exit(void)
{
	int cpu;

	WRITE_ONCE(game_over, true);
	for_each_online_cpu(cpu)
		hrtimer_cancel(per_cpu_ptr(&turn_timer, cpu));
}

module_init(turns_init);
module_exit(turns_exit);
MODULE_DESCRIPTION("two processors take turns");
MODULE_LICENSE("GPL");
