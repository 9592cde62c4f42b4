#include "smoke_report/sample_steps.hpp"

#include <utility>

namespace cairn::test {

namespace {

SeenRelation table(const char* name) { return {.name = name, .kind = "table"}; }
SeenRelation fresh(const char* name, const char* kind = "table") { return {.name = name, .kind = kind, .fresh = true}; }

StatementEffects statement(std::string text, int milliseconds, std::size_t line) {
  StatementEffects effects;
  effects.text = std::move(text);
  effects.place = {.file = "up.sql", .line = line, .column = 1, .excerpt = {}, .caret = 0};
  effects.duration = std::chrono::microseconds(milliseconds * 1000);
  return effects;
}

/// Locks are kept to the end of the transaction.
void take(StepEffects& step, std::size_t at, SeenRelation relation, const char* mode) {
  step.statements[at].taken.push_back({relation, mode});
  for (std::size_t i = at; i < step.statements.size(); ++i) step.statements[i].held.push_back({relation, mode});
}

StepEffects make_tables() {
  StepEffects step;
  step.statements = {
      statement("CREATE TABLE public.customers (\n  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),\n  email citext NOT NULL,\n  fax text\n)", 6, 1),
      statement("CREATE TABLE public.orders (\n  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),\n  customer_id uuid NOT NULL\n"
                "    REFERENCES public.customers (id),\n  total double precision NOT NULL\n)", 5, 7)};
  take(step, 0, fresh("public.customers"), "AccessExclusiveLock");
  take(step, 1, fresh("public.orders"), "AccessExclusiveLock");
  step.statements[1].constraints = {{ConstraintChange::added, fresh("public.orders"), "orders_customer_id_fkey", "foreign key", "",
                                     "public.customers"}};
  step.without_index = step.statements[1].constraints;
  return step;
}

StepEffects make_indexes() {
  StepEffects step;
  step.statements = {statement("SET LOCAL maintenance_work_mem = '1GB'", 0, 1),
                     statement("CREATE INDEX customers_email ON public.customers (email)", 1840, 3),
                     statement("CREATE INDEX orders_customer ON public.orders (customer_id)", 310, 4),
                     statement("ANALYZE public.customers", 42, 5)};
  take(step, 1, table("public.customers"), "ShareLock");
  take(step, 2, table("public.orders"), "ShareLock");
  take(step, 3, table("public.customers"), "ShareUpdateExclusiveLock");
  step.statements[1].indexes = {{.name = "public.customers_email", .table = table("public.customers"),
                                 .definition = "CREATE INDEX customers_email ON public.customers USING btree (email)", .key_columns = 1}};
  step.statements[1].scans = {{table("public.customers"), 1, 250'000}};
  step.statements[2].indexes = {{.name = "public.orders_customer", .table = table("public.orders"),
                                 .definition = "CREATE INDEX orders_customer ON public.orders USING btree (customer_id)", .key_columns = 1}};
  return step;
}

StepEffects make_points() {
  StepEffects step;
  step.statements = {statement("ALTER TABLE public.customers ADD COLUMN points integer NOT NULL DEFAULT 0", 4, 1),
                     statement("CREATE VIEW public.loyal_customers AS\n  SELECT id, email, points FROM public.customers WHERE points > 100", 3, 2),
                     statement("UPDATE public.customers SET points = 10", 95, 5)};
  take(step, 0, table("public.customers"), "AccessExclusiveLock");
  take(step, 1, fresh("public.loyal_customers", "view"), "AccessExclusiveLock");
  take(step, 1, table("public.customers"), "AccessShareLock");
  take(step, 2, table("public.customers"), "RowExclusiveLock");
  step.statements[0].columns = {{ColumnChange::added, table("public.customers"), "points", "", "integer"}};
  step.statements[2].rows = {{table("public.customers"), 0, 250'000, 0}};
  return step;
}

StepEffects make_amounts() {
  StepEffects step;
  step.statements = {statement("ALTER TABLE public.orders ALTER COLUMN total TYPE numeric(14, 2)", 2210, 1)};
  take(step, 0, table("public.orders"), "AccessExclusiveLock");
  step.statements[0].columns = {{ColumnChange::retyped, table("public.orders"), "total", "double precision", "numeric(14,2)"}};
  step.statements[0].rewrites = {{table("public.orders"), "type"}};
  step.statements[0].scans = {{table("public.orders"), 1, 800'000}};
  return step;
}

StepEffects make_rates() {
  StepEffects step;
  step.statements = {statement("INSERT INTO public.tax_rates (id, name, rate) VALUES\n  ('7c1d…', 'standard', 0.21),\n  ('8d2e…', 'reduced', 0.10)\n"
                               "ON CONFLICT DO NOTHING", 2, 1)};
  take(step, 0, table("public.tax_rates"), "RowExclusiveLock");
  step.statements[0].rows = {{table("public.tax_rates"), 2, 0, 0}};
  return step;
}

StepEffects make_drop() {
  StepEffects step;
  step.statements = {statement("ALTER TABLE public.customers DROP COLUMN fax", 2, 1)};
  take(step, 0, table("public.customers"), "AccessExclusiveLock");
  step.statements[0].columns = {{ColumnChange::dropped, table("public.customers"), "fax", "text", ""}};
  step.statements[0].drops = {{"index", "public.customers_fax", true}};
  return step;
}

}  // namespace

void add_steps(Sample& sample) {
  Proof& tables = sample.proof("37a02ec8662a");
  tables.up_effects = make_tables();
  tables.made = {{Change::left_over, "column", "public.customers.email", "", "{}"},
                 {Change::left_over, "column", "public.customers.id", "", "{}"},
                 {Change::left_over, "index", "public.customers_pkey", "", "{}"},
                 {Change::left_over, "table", "public.customers", "", "{}"},
                 {Change::left_over, "table", "public.orders", "", "{}"}};
  sample.proof("5b1c9e20d7f4").up_effects = make_indexes();
  sample.proof("5b1c9e20d7f4").up.duration = std::chrono::milliseconds(2192);
  sample.proof("8e44a10b6c52").up_effects = make_points();
  sample.proof("a3f29c5561be").up_effects = make_amounts();
  sample.proof("a3f29c5561be").up.duration = std::chrono::milliseconds(2210);
  sample.proof("b70e1d84c9a2").up_effects = make_drop();
  sample.proof("b70e1d84c9a2").down_effects = {};
  sample.proof("c81f66d2e035").up_effects = make_rates();
}

StepEffects make_long_step(std::size_t statements) {
  StepEffects step;
  for (std::size_t i = 0; i < statements; ++i)
    step.statements.push_back(statement("UPDATE public.orders SET total = " + std::to_string(i) + " -- " + std::string(5000, 'x'), 1, i + 1));
  for (const char* name : {"public.orders", "public.customers", "public.items", "public.prices", "public.stock"})
    if (statements > 0) take(step, 0, table(name), "AccessExclusiveLock");
  return step;
}

StepEffects make_hostile_step(const std::string& text) {
  StepEffects step;
  step.statements = {statement(text, 3, 1), statement(text, 1, 2)};
  const SeenRelation relation{.name = text, .kind = text};
  take(step, 0, relation, "AccessExclusiveLock");
  step.statements[0].taken.push_back({relation, text});
  step.statements[0].rewrites = {{relation, text}};
  step.statements[0].columns = {{ColumnChange::renamed, relation, text, text, text}};
  step.statements[0].drops = {{text, text, false}};
  step.statements[0].indexes = {{.name = text, .table = relation, .definition = text}};
  step.statements[0].rows = {{relation, 1, 2, 3}};
  return step;
}

}  // namespace cairn::test
