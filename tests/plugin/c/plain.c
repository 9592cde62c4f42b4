/* A revision in plain C, with nothing but abi.h:
 *   cc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -I<prefix>/include -Wl,-z,defs plain.c -o c0ffee000001.so */
#include <cairn/abi.h>

#define TEXT(literal) ((cairn_text){literal, sizeof(literal) - 1})
#define HERE (&(cairn_place){TEXT(__FILE__), __LINE__, 0})

/* The note, as a reader finds it in the file. Texts are padded to a multiple of 4; the lengths are without. */
static const struct {
  uint32_t owner_size, content_size, type;                               /* of every ELF note */
  char owner[CAIRN_NOTE_OWNER_SIZE];
  uint16_t format, header_size; uint32_t total_size;                     /* from here: the content */
  uint16_t abi_major, abi_minor; uint32_t reserved;
  uint32_t id_tag, id_length; char id[12];                               /* the records */
  uint32_t flags_tag, flags_length, flags;
  uint32_t message_tag, message_length; char message[20];
} note __attribute__((section(".note.cairn"), used, aligned(4))) = {
  CAIRN_NOTE_OWNER_SIZE, sizeof note - 20, CAIRN_NOTE_METADATA, CAIRN_NOTE_OWNER,
  CAIRN_NOTE_FORMAT, CAIRN_NOTE_HEADER_SIZE, sizeof note - 20, CAIRN_ABI_MAJOR, 0 /* the oldest minor */, 0,
  CAIRN_TAG_ID, 12, {'c', '0', 'f', 'f', 'e', 'e', '0', '0', '0', '0', '0', '1'},
  CAIRN_TAG_FLAGS, 4, 0,
  CAIRN_TAG_MESSAGE, 18, "written in plain C"
};

/* Calls answer CAIRN_OK or CAIRN_FAILED. After a failure Cairn knows why, and there is nothing to add. */
static int32_t upgrade(const cairn_host *host, cairn_step *step) {
  cairn_value parameter = {"1000", 4, 0, 0};
  uint64_t inserted = 0;
  if (host->execute(step, TEXT("CREATE TABLE plain (id int PRIMARY KEY)"), HERE) != CAIRN_OK) return CAIRN_FAILED;
  if (host->run(step, TEXT("INSERT INTO plain SELECT generate_series(1, $1::int)"), &parameter, 1, &inserted, HERE) != CAIRN_OK)
    return CAIRN_FAILED;
  host->progress(step, inserted, 1000, TEXT("rows"));
  return CAIRN_OK;
}

/* Refuses with words of its own when somebody has put rows in. */
static int32_t downgrade(const cairn_host *host, cairn_step *step) {
  const cairn_error error = {sizeof error, 0, TEXT("the table holds rows that are not ours"), TEXT(""),
                             TEXT("Move them away first."), *HERE};
  cairn_value ours = {0};
  cairn_rows *rows = 0;
  if (host->query(step, TEXT("SELECT count(*) = 1000 FROM plain"), 0, 0, &rows, HERE) != CAIRN_OK) return CAIRN_FAILED;
  const int known = host->cell(rows, 0, 0, &ours) == CAIRN_OK && ours.is_null == 0 && ours.size == 1;
  const int same = known && ours.data[0] == 't';
  host->rows_free(rows);
  if (!same) {
    host->set_error(step, &error);
    return CAIRN_FAILED;
  }
  return host->execute(step, TEXT("DROP TABLE plain"), HERE);
}

extern const cairn_plugin cairn_plugin_v1;
__attribute__((visibility("default"))) const cairn_plugin cairn_plugin_v1 = {
  CAIRN_PLUGIN_MAGIC, sizeof cairn_plugin_v1, CAIRN_ABI_MAJOR, 0, &note.format, sizeof note - 20,
  upgrade, downgrade, 0
};
