/* The boundary between a revision plugin and Cairn: plain C, and the only header that is ABI.
 *
 * Rules that hold for everything below
 *  - Only fixed-width integers, pointers and structs of them cross. No enum, bool, long, size_t, varargs.
 *  - Texts are pointer and size, UTF-8, not terminated, never owned: the callee copies what it keeps.
 *  - Members named reserved are 0; a call with another value is refused, so that a later minor may use them.
 *  - Memory is freed by the side that made it (rows by rows_free).
 *  - Every host call is made by the thread that entered the step, between its entry and its return.
 *    The step pointer and the host table are dead afterwards.
 *  - No exception and no longjmp crosses, in either direction.
 *  - A plugin has no init or deinit; it does nothing in static constructors.
 *  - Structs with a struct_size grow at the end only; the others never change. Every later member
 *    belongs to a minor version, and a plugin states in its note the minor it needs; Cairn refuses a plugin
 *    that needs a newer one before loading it. tests/plugin/abi holds the offsets of every released minor.
 */
#ifndef CAIRN_ABI_H
#define CAIRN_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CAIRN_ABI_MAJOR 1
#define CAIRN_ABI_MINOR 0

/* Not text in any byte order, so that no other symbol is taken for a descriptor by accident. */
#define CAIRN_PLUGIN_MAGIC UINT64_C(0x9C0A1AF3D1E2B7C5)

/* Results of host calls and of steps. What is not CAIRN_OK has failed. */
#define CAIRN_OK 0
#define CAIRN_FAILED 1

typedef struct cairn_text {
  const char *data;
  uint64_t size;
} cairn_text;

/* A value, as text the way the server writes it, that may be SQL NULL. */
typedef struct cairn_value {
  const char *data;
  uint64_t size;
  uint32_t is_null;   /* 0 or 1 */
  uint32_t reserved;
} cairn_value;

/* Where in the author's source a call stands. */
typedef struct cairn_place {
  cairn_text file;
  uint32_t line;      /* from 1; 0: unknown */
  uint32_t reserved;
} cairn_place;

typedef struct cairn_error {
  uint32_t struct_size;
  uint32_t reserved;
  cairn_text message;
  cairn_text detail;
  cairn_text hint;
  cairn_place place;
} cairn_error;

typedef struct cairn_step cairn_step; /* one running upgrade, downgrade or verify; opaque */
typedef struct cairn_rows cairn_rows; /* an answer, owned by the host until rows_free */

/* Actions of savepoint(). Savepoints nest; release and rollback end the innermost one. */
#define CAIRN_SAVEPOINT_BEGIN 0u
#define CAIRN_SAVEPOINT_RELEASE 1u
#define CAIRN_SAVEPOINT_ROLLBACK 2u

/* Levels of log(); one that is higher is taken as a warning. */
#define CAIRN_LOG_DEBUG 0u
#define CAIRN_LOG_INFO 1u
#define CAIRN_LOG_NOTICE 2u
#define CAIRN_LOG_WARNING 3u

/* A number of rows that nobody knows: while a step is only recorded (extension "offline"). */
#define CAIRN_COUNT_UNKNOWN UINT64_MAX

/* What a step may ask of Cairn. Calls that can fail answer CAIRN_OK or CAIRN_FAILED; after a failure the
 * step should return CAIRN_FAILED, and unless the failure lay between savepoint(BEGIN) and
 * savepoint(ROLLBACK) the step has failed whatever it returns. */
typedef struct cairn_host {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;

  /* One or many statements without an answer. They may be sent later, in order, before any call that
   * answers and before the step counts as done: success here says only that they were taken. */
  int32_t (*execute)(cairn_step *, cairn_text sql, const cairn_place *);

  /* One statement, sent at once; $1, $2, … are the parameters. While a step is recorded, run takes the statement and
   * affected becomes CAIRN_COUNT_UNKNOWN; query fails, since there is nobody to answer. */
  int32_t (*run)(cairn_step *, cairn_text sql, const cairn_value *parameters, uint32_t count,
                 uint64_t *affected, const cairn_place *);
  int32_t (*query)(cairn_step *, cairn_text sql, const cairn_value *parameters, uint32_t count,
                   cairn_rows **rows, const cairn_place *);

  /* Reading an answer, which comes whole: one larger than 64 MiB fails its query. What cell and column give is
   * valid until rows_free; out of range: CAIRN_FAILED. */
  uint64_t (*row_count)(const cairn_rows *);
  uint32_t (*column_count)(const cairn_rows *);
  int32_t (*column)(const cairn_rows *, uint32_t column, cairn_text *name);
  int32_t (*cell)(const cairn_rows *, uint64_t row, uint32_t column, cairn_value *value);
  void (*rows_free)(cairn_rows *);

  int32_t (*savepoint)(cairn_step *, uint32_t action, const cairn_place *);

  /* COPY ... FROM STDIN as a stream, cut where the caller likes. A reason that is not empty makes the server
   * undo the copy; end fails then, as the statement has. rows may be null.
   *
   * One COPY at a time, of either direction: between begin and end only its own calls, log, progress,
   * cancelled, variable and extension may be called. After begin has succeeded, end is due whatever fails. */
  int32_t (*copy_in_begin)(cairn_step *, cairn_text statement, const cairn_place *);
  int32_t (*copy_in_write)(cairn_step *, const void *data, uint64_t size);
  int32_t (*copy_in_end)(cairn_step *, cairn_text reason, uint64_t *rows);

  /* COPY ... TO STDOUT as a stream. Each read gives the next piece, cut anywhere, valid until the next read or
   * end; one of size 0 is the end of the data, and they are complete then: what fails at the server fails a
   * read. The server sends no faster than the step reads. An end before the end of the data gives the COPY up
   * and fails. While a step is recorded, begin fails, as query does. */
  int32_t (*copy_out_begin)(cairn_step *, cairn_text statement, const cairn_place *);
  int32_t (*copy_out_read)(cairn_step *, cairn_text *piece);
  int32_t (*copy_out_end)(cairn_step *, uint64_t *rows);

  void (*log)(cairn_step *, uint32_t level, cairn_text);
  /* total 0: unknown. */
  void (*progress)(cairn_step *, uint64_t done, uint64_t total, cairn_text what);

  /* The error this step will be reported with, if it does not return CAIRN_OK; the last one counts. */
  void (*set_error)(cairn_step *, const cairn_error *);

  /* Not zero when the user asked to stop: return soon, with any result. */
  int32_t (*cancelled)(cairn_step *);

  /* A variable given with -x key=value: CAIRN_FAILED when it was not given. Valid until the step returns. */
  int32_t (*variable)(cairn_step *, cairn_text key, cairn_text *value);

  /* Optional services by name; null when this runner does not have it. "offline" is not null while the step is only
   * recorded, into a script or for show: nothing reaches a server. */
  const void *(*extension)(cairn_step *, cairn_text name);
} cairn_host;

/* A step: CAIRN_OK or CAIRN_FAILED. */
typedef int32_t (*cairn_step_function)(const cairn_host *, cairn_step *);

/* The one exported symbol of a plugin, `cairn_plugin_v1`. */
typedef struct cairn_plugin {
  uint64_t magic;
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;     /* the minor the plugin needs, as in its note */
  const void *note;       /* descriptor of the metadata note in the loaded image: the bytes the reader saw */
  uint64_t note_size;
  cairn_step_function upgrade;   /* null in a SQL revision */
  cairn_step_function downgrade; /* null: irreversible, or a SQL revision */
  cairn_step_function verify;    /* null: none */
} cairn_plugin;

/* ---- The metadata note -------------------------------------------------------------------------
 * An ELF note in a PT_NOTE segment: owner "cairn\0\0\0" (8 bytes), alignment 4, type below.
 * Type 1 occurs exactly once. Its descriptor, little endian:
 *
 *   u16 format (1)  u16 header_size (16)  u32 total_size  u16 abi_major  u16 abi_minor  u32 reserved (0)
 *   records:  u32 tag | u32 length | bytes | zero padding to 4
 *
 * Bit 31 of a tag marks it critical: a reader that does not know a critical tag refuses the plugin.
 * Lists are repeated tags. Texts are UTF-8, not terminated.
 */
#define CAIRN_NOTE_OWNER "cairn\0\0"   /* with the literal's own terminator: 8 bytes */
#define CAIRN_NOTE_OWNER_SIZE 8u
#define CAIRN_NOTE_METADATA 1u
#define CAIRN_NOTE_SQL_UP 2u
#define CAIRN_NOTE_SQL_DOWN 3u
#define CAIRN_NOTE_SQL_VERIFY 4u
#define CAIRN_NOTE_FORMAT 1u
#define CAIRN_NOTE_HEADER_SIZE 16u

#define CAIRN_TAG_CRITICAL 0x80000000u
#define CAIRN_TAG_ID (1u | CAIRN_TAG_CRITICAL)
#define CAIRN_TAG_DOWN_REVISION (2u | CAIRN_TAG_CRITICAL) /* repeated; none: a base */
#define CAIRN_TAG_DEPENDS_ON (3u | CAIRN_TAG_CRITICAL)    /* repeated; id or label */
#define CAIRN_TAG_LABEL 4u                                /* repeated */
#define CAIRN_TAG_MESSAGE 5u
#define CAIRN_TAG_AUTHOR 6u
#define CAIRN_TAG_DATE 7u
#define CAIRN_TAG_PURPOSE 8u
#define CAIRN_TAG_ESTIMATED_MS 9u                         /* u32 */
#define CAIRN_TAG_FLAGS (10u | CAIRN_TAG_CRITICAL)        /* u32, CAIRN_FLAG_… */
#define CAIRN_TAG_MIN_SERVER_VERSION (11u | CAIRN_TAG_CRITICAL) /* u32, as server_version_num */
#define CAIRN_TAG_SOURCE_DIGEST 12u                       /* 32 bytes, SHA-256 */
#define CAIRN_TAG_SDK_VERSION 13u
#define CAIRN_TAG_COMPILER 14u
#define CAIRN_TAG_PHASE 15u                               /* expand, switch or contract */
#define CAIRN_TAG_RELEASE 16u
#define CAIRN_TAG_SQL_UP_FILE 17u                         /* the author's file, for messages */
#define CAIRN_TAG_SQL_DOWN_FILE 18u
#define CAIRN_TAG_SQL_VERIFY_FILE 19u
#define CAIRN_TAG_ACCEPT 20u                              /* repeated; "rule: reason" */

/* Flags. An unknown one refuses the plugin, as an unknown critical tag does. */
#define CAIRN_FLAG_SQL 0x1u               /* SQL notes hold the revision; no code is run */
#define CAIRN_FLAG_NON_TRANSACTIONAL 0x2u
#define CAIRN_FLAG_IRREVERSIBLE 0x4u
#define CAIRN_FLAG_SEED 0x8u
#define CAIRN_FLAG_NOT_RETRYABLE 0x10u
#define CAIRN_FLAG_VERIFY 0x20u           /* has a verify step */

#ifdef __cplusplus
}
#endif

#endif
