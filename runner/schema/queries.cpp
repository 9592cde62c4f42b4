#include "schema/queries.hpp"

#include <array>

namespace cairn::schema {

namespace {

constexpr int any = 0;
constexpr int newest = 1'000'000'000;

// Names and definitions come out qualified, since the search path holds pg_catalog only. Owners and access rights are
// names; a missing access list is written as the default it stands for, so that both compare equal.
constexpr std::array query_list{

Query{"schemas", any, newest, R"(
select 'schema', quote_ident(n.nspname), jsonb_build_object('owner', pg_get_userbyid(n.nspowner),
  'acl', {acl coalesce(n.nspacl, acldefault('n', n.nspowner))})
from pg_namespace n where {user_schema n} and {no_member pg_namespace n.oid})"},

Query{"extensions", any, newest, R"(
select 'extension', quote_ident(extname), jsonb_build_object('version', extversion,
  'schema', extnamespace::regnamespace::text, 'owner', pg_get_userbyid(extowner))
from pg_extension)"},

Query{"types", any, newest, R"(
select case t.typtype when 'b' then 'base type' when 'c' then 'composite type' when 'd' then 'domain'
  when 'e' then 'enum' when 'r' then 'range type' else 'shell type' end,
 format('%I.%I', n.nspname, t.typname), jsonb_strip_nulls(jsonb_build_object(
 'owner', pg_get_userbyid(t.typowner), 'acl', {acl coalesce(t.typacl, acldefault('T', t.typowner))},
 'labels', case when t.typtype = 'e' then
   (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = t.oid) end,
 'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
 'notnull', case when t.typtype = 'd' then t.typnotnull end, 'default', t.typdefault,
 'collation', case when t.typcollation <> 0 and t.typtype = 'd' then t.typcollation::regcollation::text end,
 'constraints', case when t.typtype = 'd' then
   (select jsonb_object_agg(conname, pg_get_constraintdef(c.oid)) from pg_constraint c where contypid = t.oid) end,
 'attributes', case when t.typtype = 'c' then
   (select jsonb_agg(jsonb_build_array(attname, format_type(atttypid, atttypmod),
       nullif(attcollation, 0)::regcollation::text) order by attnum)
    from pg_attribute where attrelid = t.typrelid and attnum > 0 and not attisdropped) end,
 'range', case when t.typtype = 'r' then
   (select jsonb_build_array(format_type(rngsubtype, null), rngcollation::regcollation::text,
       (select opcname from pg_opclass o where o.oid = rngsubopc), rngcanonical::text, rngsubdiff::text)
    from pg_range where rngtypid = t.oid) end,
 'functions', case when t.typtype = 'b' then
   jsonb_build_array(typinput::text, typoutput::text, typreceive::text, typsend::text, typmodin::text,
     typmodout::text, typlen, typbyval, typalign, typstorage, typcategory, typispreferred, typdelim,
     format_type(nullif(typelem, 0), null))
   end))
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where {user_schema n} and {no_member pg_type t.oid} and t.typtype <> 'm'
  and (t.typrelid = 0 or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
  and not exists (select from pg_type element where element.typarray = t.oid))"},

Query{"multiranges", 140000, newest, R"(
select 'multirange type', format('%I.%I', n.nspname, t.typname), jsonb_build_object(
 'range', r.rngtypid::regtype::text, 'owner', pg_get_userbyid(t.typowner))
from pg_range r join pg_type t on t.oid = r.rngmultitypid join pg_namespace n on n.oid = t.typnamespace
where {user_schema n} and {no_member pg_type r.rngtypid})"},

Query{"relations", any, newest, R"(
select case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
  when 'm' then 'materialized view' when 'S' then 'sequence' else 'foreign table' end,
 format('%I.%I', n.nspname, c.relname), jsonb_strip_nulls(jsonb_build_object(
 'owner', pg_get_userbyid(c.relowner), 'persistence', c.relpersistence,
 'method', (select amname from pg_am where oid = c.relam),
 'tablespace', (select spcname from pg_tablespace where oid = c.reltablespace),
 'options', {sorted c.reloptions},
 'toast options', (select jsonb_agg(o order by o collate "C") from pg_class tc, unnest(tc.reloptions) o
    where tc.oid = c.reltoastrelid),
 'row security', nullif(c.relrowsecurity, false), 'forced row security', nullif(c.relforcerowsecurity, false),
 'replica identity', case when c.relkind in ('r', 'p') then c.relreplident end,
 'replica identity index', case when c.relreplident = 'i' then
    (select indexrelid::regclass::text from pg_index where indrelid = c.oid and indisreplident) end,
 'clustered on', (select indexrelid::regclass::text from pg_index where indrelid = c.oid and indisclustered),
 'partition key', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
 'partition bound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
 'parents', (select jsonb_agg(inhparent::regclass::text order by inhseqno) from pg_inherits where inhrelid = c.oid),
 'of type', nullif(c.reloftype, 0)::regtype::text,
 'query', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
 'acl', {acl coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))},
 'foreign', (select jsonb_build_array((select srvname from pg_foreign_server s where s.oid = ftserver),
    {sorted ftoptions}) from pg_foreign_table where ftrelid = c.oid),
 'sequence', case when c.relkind = 'S' then (select jsonb_build_array(format_type(seqtypid, null), seqstart,
    seqincrement, seqmax, seqmin, seqcache, seqcycle) from pg_sequence where seqrelid = c.oid) end,
 'owned by', case when c.relkind = 'S' then (select format('%s.%I %s', refobjid::regclass, (select attname
    from pg_attribute where attrelid = refobjid and attnum = refobjsubid), deptype) from pg_depend
    where classid = 'pg_class'::regclass and objid = c.oid and deptype in ('a', 'i')
      and refclassid = 'pg_class'::regclass and refobjsubid > 0) end))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where {user_schema n} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and c.oid <> all ({left_out})
  and {no_member pg_class c.oid})"},

Query{"detached partitions", 140000, newest, R"(
select 'partition being detached', inhrelid::regclass::text, to_jsonb(inhparent::regclass::text)
from pg_inherits where inhdetachpending)"},

// Only the documented options: servers since the minor releases of 2025 put a number of their own, which differs in
// every build, into attoptions of every new column.
Query{"columns", any, newest, R"(
select 'column', format('%I.%I.%I', n.nspname, c.relname, a.attname), jsonb_strip_nulls(jsonb_build_object(
 'position', {position}, 'type', format_type(a.atttypid, a.atttypmod), 'notnull', a.attnotnull,
 'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
 'default', pg_get_expr(d.adbin, d.adrelid), 'identity', nullif(a.attidentity, ''),
 'generated', nullif(a.attgenerated, ''), 'storage', case when a.attstorage <> t.typstorage then a.attstorage end,
 'statistics', nullif(a.attstattarget, -1),
 'options', case when a.attoptions::text like '%n_distinct%' then
   (select jsonb_agg(o order by o collate "C") from unnest(a.attoptions) o
    where split_part(o, '=', 1) in ('n_distinct', 'n_distinct_inherited')) end,
 'foreign options', {sorted a.attfdwoptions},
 'inherited', case when a.attinhcount > 0 then jsonb_build_array(a.attinhcount, a.attislocal) end,
 'acl', {acl a.attacl}))
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
 join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f') and {user_schema n}
  and c.oid <> all ({left_out}) and {no_member pg_class c.oid})"},

Query{"compression", 140000, newest, R"(
select 'column compression', format('%s.%I', a.attrelid::regclass, a.attname), to_jsonb(a.attcompression::text)
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where a.attcompression <> '' and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'm', 'f')
  and {user_schema n} and c.oid <> all ({left_out}) and {no_member pg_class c.oid})"},

Query{"constraints", any, newest, R"(
select 'constraint', format('%s.%I', co.conrelid::regclass, co.conname), jsonb_strip_nulls(jsonb_build_object(
 'definition', pg_get_constraintdef(co.oid), 'local', nullif(co.conislocal, true),
 'inherited', nullif(co.coninhcount, 0),
 'no inherit', case when co.contype = 'c' then nullif(co.connoinherit, false) end,
 'parent', (select conname from pg_constraint p where p.oid = co.conparentid)))
from pg_constraint co join pg_namespace n on n.oid = co.connamespace
where co.conrelid <> 0 and co.contype <> 't' and {user_schema n} and co.conrelid <> all ({left_out})
  and {no_member pg_class co.conrelid})"},

Query{"indexes", any, newest, R"(
select 'index', format('%I.%I', n.nspname, c.relname), jsonb_strip_nulls(jsonb_build_object(
 'definition', pg_get_indexdef(c.oid), 'valid', nullif(i.indisvalid, true), 'ready', nullif(i.indisready, true),
 'tablespace', (select spcname from pg_tablespace where oid = c.reltablespace),
 'parent', (select inhparent::regclass::text from pg_inherits where inhrelid = c.oid),
 'statistics', (select jsonb_agg(jsonb_build_array(attnum, attstattarget) order by attnum)
    from pg_attribute where attrelid = c.oid and attstattarget >= 0)))
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where {user_schema n} and i.indrelid <> all ({left_out}) and {no_member pg_class i.indrelid})"},

Query{"routines", any, newest, R"(
select case p.prokind when 'f' then 'function' when 'p' then 'procedure' when 'a' then 'aggregate'
  else 'window function' end,
 p.oid::regprocedure::text, jsonb_strip_nulls(jsonb_build_object(
 'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end,
 'result', pg_get_function_result(p.oid), 'owner', pg_get_userbyid(p.proowner),
 'acl', {acl coalesce(p.proacl, acldefault('f', p.proowner))},
 'aggregate', (select to_jsonb(a) - 'aggfnoid' - 'aggsortop' - 'aggtranstype' - 'aggmtranstype' ||
    jsonb_build_object('state', format_type(aggtranstype, null), 'moving state', format_type(aggmtranstype, null),
      'sort operator', aggsortop::regoperator::text) from pg_aggregate a where a.aggfnoid = p.oid)))
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where {user_schema n} and not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass
  and e.objid = p.oid and e.deptype in ('e', 'i')))"},

// The triggers behind foreign keys have generated names; they are listed only when somebody changed their state.
Query{"triggers", any, newest, R"(
select 'trigger', format('%s.%I', t.tgrelid::regclass, case when t.tgisinternal then format('%s of %s',
  t.tgfoid::regproc, (select conname from pg_constraint where oid = t.tgconstraint)) else t.tgname end),
 jsonb_strip_nulls(jsonb_build_object('definition', case when not t.tgisinternal then pg_get_triggerdef(t.oid) end,
 'enabled', t.tgenabled, 'of partitioned table', nullif(t.tgparentid, 0) > 0))
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where (not t.tgisinternal or t.tgenabled <> 'O') and {user_schema n} and t.tgrelid <> all ({left_out})
  and {no_member pg_class c.oid})"},

Query{"rules", any, newest, R"(
select 'rule', format('%s.%I', r.ev_class::regclass, r.rulename),
 jsonb_build_object('definition', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled)
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and {user_schema n} and c.oid <> all ({left_out}) and {no_member pg_class c.oid})"},

Query{"policies", any, newest, R"(
select 'policy', format('%s.%I', polrelid::regclass, polname), jsonb_strip_nulls(jsonb_build_object(
 'command', polcmd, 'permissive', polpermissive, 'roles', (select jsonb_agg(case when r = 0 then 'public' else
    pg_get_userbyid(r) end order by r::regrole::text collate "C") from unnest(polroles) r),
 'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)))
from pg_policy where polrelid <> all ({left_out}) and {no_member pg_class polrelid})"},

Query{"event triggers", any, newest, R"(
select 'event trigger', quote_ident(evtname), jsonb_build_object('event', evtevent,
 'function', evtfoid::regprocedure::text, 'enabled', evtenabled, 'tags', evttags, 'owner', pg_get_userbyid(evtowner))
from pg_event_trigger e where {no_member pg_event_trigger e.oid})"},

Query{"publications", any, 150000, R"(
select 'publication', quote_ident(pubname), jsonb_build_object('all tables', puballtables,
 'operations', array[pubinsert, pubupdate, pubdelete, pubtruncate], 'via root', pubviaroot,
 'owner', pg_get_userbyid(pubowner),
 'tables', (select jsonb_agg(prrelid::regclass::text order by prrelid::regclass::text collate "C")
    from pg_publication_rel where prpubid = p.oid and prrelid <> all ({left_out})))
from pg_publication p)"},

Query{"publications", 150000, newest, R"(
select 'publication', quote_ident(pubname), jsonb_strip_nulls(jsonb_build_object('all tables', puballtables,
 'operations', array[pubinsert, pubupdate, pubdelete, pubtruncate], 'via root', pubviaroot,
 'generated columns', to_jsonb(p) -> 'pubgencols', 'all sequences', to_jsonb(p) -> 'puballsequences',
 'owner', pg_get_userbyid(pubowner),
 'tables', (select jsonb_agg(jsonb_build_array(prrelid::regclass::text, pg_get_expr(prqual, prrelid),
      (select jsonb_agg(attname order by attnum) from pg_attribute where attrelid = prrelid and attnum = any (prattrs)))
      order by prrelid::regclass::text collate "C")
    from pg_publication_rel where prpubid = p.oid and prrelid <> all ({left_out})),
 'schemas', (select jsonb_agg(pnnspid::regnamespace::text order by pnnspid::regnamespace::text collate "C")
    from pg_publication_namespace where pnpubid = p.oid)))
from pg_publication p)"},

// The connection string and most other columns are for superusers only.
Query{"subscriptions", any, newest, R"(
select 'subscription', quote_ident(subname), jsonb_build_object('enabled', subenabled, 'slot', subslotname,
 'publications', {sorted subpublications}, 'owner', pg_get_userbyid(subowner))
from pg_subscription where subdbid = (select oid from pg_database where datname = current_database()))"},

Query{"statistics", any, newest, R"(
select 'statistics', format('%I.%I', n.nspname, s.stxname), jsonb_strip_nulls(jsonb_build_object(
 'definition', pg_get_statisticsobjdef(s.oid), 'target', nullif(s.stxstattarget, -1),
 'owner', pg_get_userbyid(s.stxowner)))
from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
where {user_schema n} and s.stxrelid <> all ({left_out}) and {no_member pg_statistic_ext s.oid})"},

Query{"operators", any, newest, R"(
select 'operator', o.oid::regoperator::text, jsonb_build_object('function', oprcode::text,
 'commutator', oprcom::regoperator::text, 'negator', oprnegate::regoperator::text, 'restrict', oprrest::text,
 'join', oprjoin::text, 'hashes', oprcanhash, 'merges', oprcanmerge, 'owner', pg_get_userbyid(oprowner))
from pg_operator o where o.oid >= 16384 and {no_member pg_operator o.oid})"},

Query{"operator classes", any, newest, R"(
select 'operator class', format('%s.%I using %I', opcnamespace::regnamespace, opcname, amname), jsonb_build_object(
 'type', format_type(opcintype, null), 'default', opcdefault, 'key', format_type(nullif(opckeytype, 0), null),
 'family', (select format('%s.%I', opfnamespace::regnamespace, opfname) from pg_opfamily where oid = opcfamily),
 'owner', pg_get_userbyid(opcowner))
from pg_opclass o join pg_am a on a.oid = opcmethod where o.oid >= 16384 and {no_member pg_opclass o.oid})"},

Query{"operator families", any, newest, R"(
select 'operator family', format('%s.%I using %I', opfnamespace::regnamespace, opfname, amname), jsonb_build_object(
 'operators', (select jsonb_agg(jsonb_build_array(amopstrategy, amopopr::regoperator::text, amoppurpose)
    order by amopstrategy, amopopr::regoperator::text collate "C") from pg_amop where amopfamily = f.oid),
 'functions', (select jsonb_agg(jsonb_build_array(amprocnum, amproc::regprocedure::text,
      amproclefttype::regtype::text, amprocrighttype::regtype::text)
    order by amprocnum, amproc::regprocedure::text collate "C", amproclefttype::regtype::text collate "C",
      amprocrighttype::regtype::text collate "C") from pg_amproc where amprocfamily = f.oid),
 'owner', pg_get_userbyid(opfowner))
from pg_opfamily f join pg_am a on a.oid = opfmethod where f.oid >= 16384 and {no_member pg_opfamily f.oid})"},

Query{"casts", any, newest, R"(
select 'cast', format('%s as %s', format_type(castsource, null), format_type(casttarget, null)), jsonb_build_object(
 'function', nullif(castfunc, 0)::regprocedure::text, 'context', castcontext, 'method', castmethod)
from pg_cast c where c.oid >= 16384 and not exists (select from pg_depend e where e.classid = 'pg_cast'::regclass
  and e.objid = c.oid and e.deptype in ('e', 'i')))"},

// The locale column of ICU collations changed its name twice.
Query{"collations", any, newest, R"(
select 'collation', format('%I.%I', n.nspname, collname), jsonb_strip_nulls(jsonb_build_object(
 'provider', collprovider, 'deterministic', collisdeterministic, 'collate', collcollate, 'ctype', collctype,
 'encoding', collencoding, 'owner', pg_get_userbyid(collowner), 'rules', to_jsonb(c) -> 'collicurules',
 'locale', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')))
from pg_collation c join pg_namespace n on n.oid = collnamespace
where c.oid >= 16384 and {user_schema n} and {no_member pg_collation c.oid})"},

Query{"conversions", any, newest, R"(
select 'conversion', format('%s.%I', connamespace::regnamespace, conname), jsonb_build_object(
 'from', pg_encoding_to_char(conforencoding), 'to', pg_encoding_to_char(contoencoding), 'function', conproc::text,
 'default', condefault, 'owner', pg_get_userbyid(conowner))
from pg_conversion c where c.oid >= 16384 and {no_member pg_conversion c.oid})"},

Query{"languages", any, newest, R"(
select 'language', quote_ident(lanname), jsonb_build_object('trusted', lanpltrusted,
 'handler', lanplcallfoid::regproc::text, 'inline', laninline::regproc::text, 'validator', lanvalidator::regproc::text,
 'owner', pg_get_userbyid(lanowner), 'acl', {acl coalesce(lanacl, acldefault('l', lanowner))})
from pg_language l where lanname not in ('internal', 'c', 'sql'))"},

Query{"access methods", any, newest, R"(
select 'access method', quote_ident(amname), jsonb_build_object('handler', amhandler::text, 'type', amtype)
from pg_am a where a.oid >= 16384 and {no_member pg_am a.oid})"},

Query{"transforms", any, newest, R"(
select 'transform', format('for %s language %I', format_type(trftype, null), lanname),
 jsonb_build_object('from', trffromsql::text, 'to', trftosql::text)
from pg_transform t join pg_language l on l.oid = trflang where {no_member pg_transform t.oid})"},

Query{"foreign data wrappers", any, newest, R"(
select 'foreign data wrapper', quote_ident(fdwname), jsonb_build_object('handler', fdwhandler::regproc::text,
 'validator', fdwvalidator::regproc::text, 'options', {digest fdwoptions}, 'owner', pg_get_userbyid(fdwowner),
 'acl', {acl coalesce(fdwacl, acldefault('F', fdwowner))})
from pg_foreign_data_wrapper f where {no_member pg_foreign_data_wrapper f.oid})"},

Query{"foreign servers", any, newest, R"(
select 'foreign server', quote_ident(srvname), jsonb_build_object('type', srvtype, 'version', srvversion,
 'wrapper', (select fdwname from pg_foreign_data_wrapper where oid = srvfdw), 'options', {digest srvoptions},
 'owner', pg_get_userbyid(srvowner), 'acl', {acl coalesce(srvacl, acldefault('S', srvowner))})
from pg_foreign_server s where {no_member pg_foreign_server s.oid})"},

Query{"user mappings", any, newest, R"(
select 'user mapping', format('for %s server %I', usename, srvname), jsonb_build_object('options', {digest umoptions})
from pg_user_mappings)"},

Query{"text search parsers", any, newest, R"(
select 'text search parser', format('%s.%I', prsnamespace::regnamespace, prsname), jsonb_build_array(prsstart::text,
 prstoken::text, prsend::text, prsheadline::text, prslextype::text)
from pg_ts_parser p where p.oid >= 16384 and {no_member pg_ts_parser p.oid})"},

Query{"text search templates", any, newest, R"(
select 'text search template', format('%s.%I', tmplnamespace::regnamespace, tmplname),
 jsonb_build_array(tmplinit::text, tmpllexize::text)
from pg_ts_template t where t.oid >= 16384 and {no_member pg_ts_template t.oid})"},

Query{"text search dictionaries", any, newest, R"(
select 'text search dictionary', format('%s.%I', dictnamespace::regnamespace, dictname), jsonb_build_object(
 'options', dictinitoption, 'template', (select format('%s.%I', tmplnamespace::regnamespace, tmplname)
    from pg_ts_template where oid = dicttemplate), 'owner', pg_get_userbyid(dictowner))
from pg_ts_dict d where d.oid >= 16384 and {no_member pg_ts_dict d.oid})"},

Query{"text search configurations", any, newest, R"(
select 'text search configuration', format('%s.%I', cfgnamespace::regnamespace, cfgname), jsonb_build_object(
 'parser', (select format('%s.%I', prsnamespace::regnamespace, prsname) from pg_ts_parser where oid = cfgparser),
 'map', (select jsonb_agg(jsonb_build_array(maptokentype, mapseqno, mapdict::regdictionary::text)
    order by maptokentype, mapseqno) from pg_ts_config_map where mapcfg = c.oid),
 'owner', pg_get_userbyid(cfgowner))
from pg_ts_config c where c.oid >= 16384 and {no_member pg_ts_config c.oid})"},

Query{"default privileges", any, newest, R"(
select 'default privileges', format('for %s in %s on %s', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace,
 defaclobjtype), to_jsonb({acl defaclacl}) from pg_default_acl)"},

Query{"database", any, newest, R"(
select 'database', '', jsonb_strip_nulls(jsonb_build_object('owner', pg_get_userbyid(datdba),
 'acl', {acl coalesce(datacl, acldefault('d', datdba))}, 'comment', shobj_description(oid, 'pg_database'),
 'connection limit', nullif(datconnlimit, -1)))
from pg_database where datname = current_database())"},

Query{"settings", any, newest, R"(
select 'setting', case setrole when 0 then 'of the database' else format('of %s in the database', setrole::regrole) end,
 to_jsonb({sorted setconfig})
from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database()))"},

Query{"security labels", any, newest, R"(
select 'security label', format('%s %s for %s', objtype, objname, provider), to_jsonb(label)
from pg_seclabels where objtype not in ('database', 'role', 'tablespace'))"},

// Whatever kind of object it is on. The schema public is older than user objects, yet the user may comment on it.
Query{"comments", any, newest, R"(
select 'comment', i.type || ' ' || i.identity, to_jsonb(d.description)
from pg_description d, lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
where (d.objoid >= 16384 or (d.classoid = 'pg_namespace'::regclass and d.objoid = (select oid from pg_namespace
   where nspname = 'public')))
  and i.identity is not null and coalesce(i.schema, '') !~ '^pg_'
  and not (d.classoid = 'pg_class'::regclass and d.objoid = any ({left_out}))
  and not exists (select from pg_constraint c where d.classoid = 'pg_constraint'::regclass and c.oid = d.objoid
    and c.conrelid = any ({left_out}))
  and not exists (select from pg_trigger t where d.classoid = 'pg_trigger'::regclass and t.oid = d.objoid
    and t.tgrelid = any ({left_out}))
  and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e'))"},

Query{"dependencies on extensions", any, newest, R"(
select 'dependency on extension', i.type || ' ' || i.identity, to_jsonb((select extname from pg_extension
 where oid = d.refobjid))
from pg_depend d, lateral pg_identify_object(d.classid, d.objid, d.objsubid) i where d.deptype = 'x')"},

};

}  // namespace

std::span<const Query> queries() { return query_list; }

}  // namespace cairn::schema
