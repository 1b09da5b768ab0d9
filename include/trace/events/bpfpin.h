/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints: a pin was made, a pin was released.  The numbers are those of the
 * device, in uapi/linux/bpfpin.h.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM bpfpin

#if !defined(_TRACE_BPFPIN_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_BPFPIN_H

#include <linux/string.h>
#include <linux/tracepoint.h>

#include <uapi/linux/bpfpin.h>

struct bpf_event;

/* So that who reads the format of the events sees numbers. */
TRACE_DEFINE_ENUM(BPFPIN_OBJECT_PROG);
TRACE_DEFINE_ENUM(BPFPIN_OBJECT_MAP);
TRACE_DEFINE_ENUM(BPFPIN_OBJECT_LINK);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_NONE);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_UNLINK);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_CLOSE);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_UMOUNT);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_RMDIR);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_NETNS);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_NETDEV);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_UNPIN);
TRACE_DEFINE_ENUM(BPFPIN_CAUSE_TIE);

#define show_bpfpin_object(type)			\
	__print_symbolic(type,				\
		{ BPFPIN_OBJECT_PROG,	"prog" },	\
		{ BPFPIN_OBJECT_MAP,	"map" },	\
		{ BPFPIN_OBJECT_LINK,	"link" })

#define show_bpfpin_cause(cause)			\
	__print_symbolic(cause,				\
		{ BPFPIN_CAUSE_NONE,	"none" },	\
		{ BPFPIN_CAUSE_UNLINK,	"unlink" },	\
		{ BPFPIN_CAUSE_CLOSE,	"close" },	\
		{ BPFPIN_CAUSE_UMOUNT,	"umount" },	\
		{ BPFPIN_CAUSE_RMDIR,	"rmdir" },	\
		{ BPFPIN_CAUSE_NETNS,	"netns" },	\
		{ BPFPIN_CAUSE_NETDEV,	"netdev" },	\
		{ BPFPIN_CAUSE_UNPIN,	"unpin" },	\
		{ BPFPIN_CAUSE_TIE,	"tie" })

DECLARE_EVENT_CLASS(bpfpin_event,
	TP_PROTO(const struct bpf_event *event),
	TP_ARGS(event),
	TP_STRUCT__entry(
		__field(u32, pin_id)
		__field(u32, object_type)
		__field(u32, object_id)
		__field(u32, object_subtype)
		__field(u32, cause)
		__array(char, object_name, BPFPIN_NAME_LEN)
		__array(char, kind, BPFPIN_KIND_LEN)
		__dynamic_array(char, pin_name, strlen(event->pin_name) + 1)
	),
	TP_fast_assign(
		__entry->pin_id = event->pin_id;
		__entry->object_type = event->object_type;
		__entry->object_id = event->object.id;
		__entry->object_subtype = event->object.subtype;
		__entry->cause = event->end;
		strscpy_pad(__entry->object_name, event->object.name,
			    BPFPIN_NAME_LEN);
		strscpy_pad(__entry->kind, event->kind, BPFPIN_KIND_LEN);
		strscpy(__get_str(pin_name), event->pin_name,
			__get_dynamic_array_len(pin_name));
	),
	/* What can hold anything comes last. */
	TP_printk("pin_id=%u object_type=%s object_id=%u object_subtype=%u object_name=%s kind=%s cause=%s pin_name=%s",
		  __entry->pin_id, show_bpfpin_object(__entry->object_type),
		  __entry->object_id, __entry->object_subtype,
		  __entry->object_name, __entry->kind,
		  show_bpfpin_cause(__entry->cause), __get_str(pin_name))
);

DEFINE_EVENT(bpfpin_event, bpfpin_pinned,
	TP_PROTO(const struct bpf_event *event),
	TP_ARGS(event));

DEFINE_EVENT(bpfpin_event, bpfpin_released,
	TP_PROTO(const struct bpf_event *event),
	TP_ARGS(event));

#endif /* _TRACE_BPFPIN_H */

/* This part must be outside protection. */
#include <trace/define_trace.h>
