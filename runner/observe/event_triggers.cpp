#include "observe/event_triggers.hpp"

#include "observe/scene_query.hpp"

#include <fmt/core.h>

#include <string_view>

namespace cairn {

namespace {

/// Around a block that needs a superuser. {0}: its statements. All settings are put back as they were; what is set for the
/// transaction only covers what the revision has set for the session, and goes away with the transaction.
constexpr std::string_view as_superuser = R"(DO LANGUAGE plpgsql $cairn$
DECLARE
  session pg_catalog.text := pg_catalog.current_setting('session_authorization');
  role pg_catalog.text := pg_catalog.current_setting('role');
  replication pg_catalog.text := pg_catalog.current_setting('session_replication_role');
  changed pg_catalog.bool := pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.<>) 'on';
BEGIN
  IF changed THEN SET LOCAL SESSION AUTHORIZATION DEFAULT; END IF;
  IF pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on' THEN
    PERFORM pg_catalog.set_config('session_replication_role', 'replica', true);
{0}
    PERFORM pg_catalog.set_config('session_replication_role', replication, true);
  END IF;
  IF changed THEN
    PERFORM pg_catalog.set_config('session_authorization', session, true);
    PERFORM pg_catalog.set_config('role', role, true);
  END IF;
END $cairn$)";

/// A function that appends to what was seen. It must never be what makes a statement fail. {0}: its name, {1}: what it
/// appends, an array, {2}: whether the setting is of the transaction, {3}: the setting.
constexpr std::string_view function = R"(
    CREATE FUNCTION pg_temp.{0}() RETURNS event_trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
    BEGIN
      PERFORM set_config('{3}', (coalesce(nullif(current_setting('{3}', true), ''), '[]')::jsonb || ({1}))::text, {2});
    EXCEPTION WHEN OTHERS THEN NULL;
    END $function$;
)";

/// Also where the revision has turned ordinary triggers off. {0}: name, {1}: event.
constexpr std::string_view trigger = R"(    CREATE EVENT TRIGGER {0} ON {1} EXECUTE FUNCTION pg_temp.{0}();
    ALTER EVENT TRIGGER {0} ENABLE ALWAYS;
)";

constexpr std::string_view seen_rewrite =
    "jsonb_build_object('relation', pg_event_trigger_table_rewrite_oid(), 'reason', pg_event_trigger_table_rewrite_reason())";

/// What was named, what depended on it, and partitions of a dropped table; not what every such object has: its row type, its
/// rule, its default values, the lines of an operator class, the constraints of a table or column that goes.
constexpr std::string_view seen_drops =
    "coalesce((with d as (select *, address_names[1:2] as owner, cardinality(address_names) > 2 as owned "
    "from pg_event_trigger_dropped_objects()) "
    "select jsonb_agg(jsonb_build_object('kind', d.object_type, 'identity', d.object_identity, 'cascaded', not d.original)) "
    "from d where not d.is_temporary and (d.original or d.normal or d.object_type = 'table') "
    "and d.object_type not in ('default value', 'toast table', 'operator of access method', 'function of access method') "
    "and not (not d.original and d.owned and exists (select from d p "
    "where p.owner = d.owner and (p.object_type in ('table', 'view', 'materialized view', 'foreign table') "
    "or p.object_type = 'table column' and p.original and d.object_type = 'table constraint')))), '[]')";

/// {0}: name.
constexpr std::string_view drop = R"(
    IF EXISTS (SELECT FROM pg_catalog.pg_event_trigger t WHERE t.evtname OPERATOR(pg_catalog.=) '{0}') THEN
      DROP EVENT TRIGGER {0};
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.proname OPERATOR(pg_catalog.=) '{0}'
               AND p.pronamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()) THEN
      DROP FUNCTION pg_temp.{0}();
    END IF;
)";

}  // namespace

std::string make_triggers_text(Memory memory) {
  const std::string_view local = memory == Memory::of_transaction ? "true" : "false";
  const std::string text = fmt::format(function, rewrite_trigger, seen_rewrite, local, events_setting) +
                           fmt::format(function, drop_trigger, seen_drops, local, events_setting) +
                           fmt::format(trigger, rewrite_trigger, "table_rewrite") + fmt::format(trigger, drop_trigger, "sql_drop");
  return fmt::format(as_superuser, text);
}

std::string drop_triggers_text() {
  return fmt::format(as_superuser, fmt::format(drop, rewrite_trigger) + fmt::format(drop, drop_trigger));
}

}  // namespace cairn
