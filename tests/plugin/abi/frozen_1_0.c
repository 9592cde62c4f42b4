/* ABI 1.0: offsets, types and constants as released. A plugin built with them must be served for ever, so no line of
 * this file is ever changed; what a later minor adds stands in a table of its own. */
#include "frozen.h"

FROZEN(sizeof(void *) == 8);
CONSTANT(CAIRN_ABI_MAJOR, 1);
LEAST_SIZE(cairn_plugin, 56);
CONSTANT(CAIRN_PLUGIN_MAGIC, UINT64_C(0x9C0A1AF3D1E2B7C5));
CONSTANT(CAIRN_OK, 0);
CONSTANT(CAIRN_FAILED, 1);
CONSTANT(CAIRN_SAVEPOINT_BEGIN, 0);
CONSTANT(CAIRN_SAVEPOINT_RELEASE, 1);
CONSTANT(CAIRN_SAVEPOINT_ROLLBACK, 2);
CONSTANT(CAIRN_LOG_DEBUG, 0);
CONSTANT(CAIRN_LOG_INFO, 1);
CONSTANT(CAIRN_LOG_NOTICE, 2);
CONSTANT(CAIRN_LOG_WARNING, 3);
CONSTANT(CAIRN_COUNT_UNKNOWN, UINT64_C(0xFFFFFFFFFFFFFFFF));

SIZE(cairn_text, 16);
MEMBER(cairn_text, data, 0, const char *);
MEMBER(cairn_text, size, 8, uint64_t);

SIZE(cairn_value, 24);
MEMBER(cairn_value, data, 0, const char *);
MEMBER(cairn_value, size, 8, uint64_t);
MEMBER(cairn_value, is_null, 16, uint32_t);
MEMBER(cairn_value, reserved, 20, uint32_t);

SIZE(cairn_place, 24);
MEMBER(cairn_place, file, 0, cairn_text);
MEMBER(cairn_place, line, 16, uint32_t);
MEMBER(cairn_place, reserved, 20, uint32_t);

LEAST_SIZE(cairn_error, 80);
MEMBER(cairn_error, struct_size, 0, uint32_t);
MEMBER(cairn_error, reserved, 4, uint32_t);
MEMBER(cairn_error, message, 8, cairn_text);
MEMBER(cairn_error, detail, 24, cairn_text);
MEMBER(cairn_error, hint, 40, cairn_text);
MEMBER(cairn_error, place, 56, cairn_place);

typedef int32_t (*execute_1_0)(cairn_step *, cairn_text, const cairn_place *);
typedef int32_t (*run_1_0)(cairn_step *, cairn_text, const cairn_value *, uint32_t, uint64_t *, const cairn_place *);
typedef int32_t (*query_1_0)(cairn_step *, cairn_text, const cairn_value *, uint32_t, cairn_rows **, const cairn_place *);
typedef uint64_t (*row_count_1_0)(const cairn_rows *);
typedef uint32_t (*column_count_1_0)(const cairn_rows *);
typedef int32_t (*column_1_0)(const cairn_rows *, uint32_t, cairn_text *);
typedef int32_t (*cell_1_0)(const cairn_rows *, uint64_t, uint32_t, cairn_value *);
typedef void (*rows_free_1_0)(cairn_rows *);
typedef int32_t (*savepoint_1_0)(cairn_step *, uint32_t, const cairn_place *);
typedef int32_t (*copy_in_write_1_0)(cairn_step *, const void *, uint64_t);
typedef int32_t (*copy_in_end_1_0)(cairn_step *, cairn_text, uint64_t *);
typedef int32_t (*copy_out_read_1_0)(cairn_step *, cairn_text *);
typedef int32_t (*copy_out_end_1_0)(cairn_step *, uint64_t *);
typedef void (*log_1_0)(cairn_step *, uint32_t, cairn_text);
typedef void (*progress_1_0)(cairn_step *, uint64_t, uint64_t, cairn_text);
typedef void (*set_error_1_0)(cairn_step *, const cairn_error *);
typedef int32_t (*cancelled_1_0)(cairn_step *);
typedef int32_t (*variable_1_0)(cairn_step *, cairn_text, cairn_text *);
typedef const void *(*extension_1_0)(cairn_step *, cairn_text);

LEAST_SIZE(cairn_host, 176);
MEMBER(cairn_host, struct_size, 0, uint32_t);
MEMBER(cairn_host, abi_major, 4, uint16_t);
MEMBER(cairn_host, abi_minor, 6, uint16_t);
MEMBER(cairn_host, execute, 8, execute_1_0);
MEMBER(cairn_host, run, 16, run_1_0);
MEMBER(cairn_host, query, 24, query_1_0);
MEMBER(cairn_host, row_count, 32, row_count_1_0);
MEMBER(cairn_host, column_count, 40, column_count_1_0);
MEMBER(cairn_host, column, 48, column_1_0);
MEMBER(cairn_host, cell, 56, cell_1_0);
MEMBER(cairn_host, rows_free, 64, rows_free_1_0);
MEMBER(cairn_host, savepoint, 72, savepoint_1_0);
MEMBER(cairn_host, copy_in_begin, 80, execute_1_0);
MEMBER(cairn_host, copy_in_write, 88, copy_in_write_1_0);
MEMBER(cairn_host, copy_in_end, 96, copy_in_end_1_0);
MEMBER(cairn_host, copy_out_begin, 104, execute_1_0);
MEMBER(cairn_host, copy_out_read, 112, copy_out_read_1_0);
MEMBER(cairn_host, copy_out_end, 120, copy_out_end_1_0);
MEMBER(cairn_host, log, 128, log_1_0);
MEMBER(cairn_host, progress, 136, progress_1_0);
MEMBER(cairn_host, set_error, 144, set_error_1_0);
MEMBER(cairn_host, cancelled, 152, cancelled_1_0);
MEMBER(cairn_host, variable, 160, variable_1_0);
MEMBER(cairn_host, extension, 168, extension_1_0);

typedef int32_t (*step_function_1_0)(const cairn_host *, cairn_step *);
MEMBER(cairn_plugin, magic, 0, uint64_t);
MEMBER(cairn_plugin, struct_size, 8, uint32_t);
MEMBER(cairn_plugin, abi_major, 12, uint16_t);
MEMBER(cairn_plugin, abi_minor, 14, uint16_t);
MEMBER(cairn_plugin, note, 16, const void *);
MEMBER(cairn_plugin, note_size, 24, uint64_t);
MEMBER(cairn_plugin, upgrade, 32, step_function_1_0);
MEMBER(cairn_plugin, downgrade, 40, step_function_1_0);
MEMBER(cairn_plugin, verify, 48, step_function_1_0);

FROZEN(sizeof CAIRN_NOTE_OWNER == 8);
#ifdef __cplusplus
FROZEN(CAIRN_NOTE_OWNER[0] == 'c' && CAIRN_NOTE_OWNER[1] == 'a' && CAIRN_NOTE_OWNER[2] == 'i');
FROZEN(CAIRN_NOTE_OWNER[3] == 'r' && CAIRN_NOTE_OWNER[4] == 'n' && CAIRN_NOTE_OWNER[5] == 0);
#endif
CONSTANT(CAIRN_NOTE_OWNER_SIZE, 8);
CONSTANT(CAIRN_NOTE_METADATA, 1);
CONSTANT(CAIRN_NOTE_SQL_UP, 2);
CONSTANT(CAIRN_NOTE_SQL_DOWN, 3);
CONSTANT(CAIRN_NOTE_SQL_VERIFY, 4);
CONSTANT(CAIRN_NOTE_FORMAT, 1);
CONSTANT(CAIRN_NOTE_HEADER_SIZE, 16);

CONSTANT(CAIRN_TAG_CRITICAL, 0x80000000u);
CONSTANT(CAIRN_TAG_ID, 0x80000001u);
CONSTANT(CAIRN_TAG_DOWN_REVISION, 0x80000002u);
CONSTANT(CAIRN_TAG_DEPENDS_ON, 0x80000003u);
CONSTANT(CAIRN_TAG_LABEL, 4);
CONSTANT(CAIRN_TAG_MESSAGE, 5);
CONSTANT(CAIRN_TAG_AUTHOR, 6);
CONSTANT(CAIRN_TAG_DATE, 7);
CONSTANT(CAIRN_TAG_PURPOSE, 8);
CONSTANT(CAIRN_TAG_ESTIMATED_MS, 9);
CONSTANT(CAIRN_TAG_FLAGS, 0x8000000Au);
CONSTANT(CAIRN_TAG_MIN_SERVER_VERSION, 0x8000000Bu);
CONSTANT(CAIRN_TAG_SOURCE_DIGEST, 12);
CONSTANT(CAIRN_TAG_SDK_VERSION, 13);
CONSTANT(CAIRN_TAG_COMPILER, 14);
CONSTANT(CAIRN_TAG_PHASE, 15);
CONSTANT(CAIRN_TAG_RELEASE, 16);
CONSTANT(CAIRN_TAG_SQL_UP_FILE, 17);
CONSTANT(CAIRN_TAG_SQL_DOWN_FILE, 18);
CONSTANT(CAIRN_TAG_SQL_VERIFY_FILE, 19);

CONSTANT(CAIRN_FLAG_SQL, 0x1);
CONSTANT(CAIRN_FLAG_NON_TRANSACTIONAL, 0x2);
CONSTANT(CAIRN_FLAG_IRREVERSIBLE, 0x4);
CONSTANT(CAIRN_FLAG_SEED, 0x8);
CONSTANT(CAIRN_FLAG_NOT_RETRYABLE, 0x10);
CONSTANT(CAIRN_FLAG_VERIFY, 0x20);
