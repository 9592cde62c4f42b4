#include "smoke_report/sample.hpp"

#include "smoke_report/sample_steps.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace cairn::test {

namespace {

using std::chrono::microseconds;

constexpr std::array<Rule, 6> rules_of_sample{{
    {"downgrade-fails", Level::error, "the downgrade fails", "Whoever has to go back at night finds out that there is no way back.",
     "Correct the downgrade, or declare the revision irreversible by leaving it out."},
    {"second-upgrade-differs", Level::error, "the second upgrade gives another schema than the first",
     "Databases that went back once are then different from those that did not.",
     "Make the upgrade depend on nothing but what the revisions before it made."},
    {"column-order", Level::warning, "after the downgrade columns stand in another order",
     "SELECT * and COPY without a list of columns see the order.",
     "Accept it when nothing relies on the order: a dropped column can only be added at the end."},
    {"index-blocks-writes", Level::error, "an index is built while writes wait",
     "CREATE INDEX keeps every INSERT, UPDATE and DELETE waiting until the index is built.",
     "`CREATE INDEX CONCURRENTLY` in a revision outside a transaction."},
    {"table-rewritten", Level::warning, "a table is written anew while nobody can read it",
     "The server copies every row under an exclusive lock; the time grows with the table.",
     "Add a new column, fill it in batches, and switch over."},
    {"no-purpose", Level::note, "the revision does not say what it is for", "A reviewer asks, and years later nobody knows.",
     "Add a line purpose: to its header."},
}};

Revision make_revision(std::string id, std::vector<std::string> parents, std::string message) {
  Revision revision;
  revision.id = std::move(id);
  revision.down_revisions = std::move(parents);
  revision.message = std::move(message);
  revision.author = "Ana Ruiz <ana@shop.example>";
  revision.date = "2025-11-30";
  revision.kind = RevisionKind::sql;
  return revision;
}

std::deque<Revision> make_revisions() {
  std::deque<Revision> all{
      make_revision("000000000001", {}, "schemas and extensions"),
      make_revision("37a02ec8662a", {"000000000001"}, "customers and orders"),
      make_revision("5b1c9e20d7f4", {"37a02ec8662a"}, "index the customers' e-mail addresses"),
      make_revision("8e44a10b6c52", {"37a02ec8662a"}, "loyalty points for customers"),
      make_revision("91d0f7aa3b18", {"5b1c9e20d7f4", "8e44a10b6c52"}, "merge search and loyalty"),
      make_revision("a3f29c5561be", {"91d0f7aa3b18"}, "amounts in numeric"),
      make_revision("b70e1d84c9a2", {"a3f29c5561be"}, "forget fax numbers"),
      make_revision("c81f66d2e035", {"b70e1d84c9a2"}, "tax rates of the first year"),
      make_revision("d92a77e3f146", {"c81f66d2e035"}, "a view of open orders"),
  };
  all[1].purpose = "The tables every shop begins with.";
  all[1].estimated_ms = 200;
  all[5].phase = "expand";
  all[5].release = "v0.3.0";
  all[6].reversible = false;
  all[6].accepts = {{"table-rewritten", "the table has 40 rows in production"}};
  all[7].seed = true;
  all[8].kind = RevisionKind::code;
  return all;
}

Trial ended(Verdict verdict, int milliseconds) {
  Trial trial;
  trial.verdict = verdict;
  trial.duration = microseconds(milliseconds * 1000);
  return trial;
}

Trial passed(int milliseconds) { return ended(Verdict::passed, milliseconds); }

Trial left_out(std::string why) {
  Trial trial;
  trial.why = std::move(why);
  return trial;
}

Difference difference(Change change, const char* kind, const char* identity, const char* before = "", const char* after = "") {
  return {change, kind, identity, before, after};
}

void prove_way_back_that_fails(Proof& proof) {
  proof.down = ended(Verdict::failed, 3);
  proof.down.error = Error(Category::revision, "cannot drop column points of table public.customers because other objects depend on it")
                         .sqlstate("2BP01")
                         .detail("view public.loyal_customers depends on column points of table public.customers")
                         .hint("Drop the view in down.sql before the column.")
                         .at({.file = "revisions/8e44a10b6c52_loyalty_points/down.sql", .line = 4, .column = 1,
                              .excerpt = "ALTER TABLE public.customers DROP COLUMN points;", .caret = 1});
  proof.again = left_out("the downgrade failed");
}

void prove_differences(Sample& sample) {
  Proof& merge = sample.proof("91d0f7aa3b18");
  merge.down.verdict = Verdict::immaterial;
  merge.down.differences = {difference(Change::order, "column", "public.customers.fax", R"({"position": 3})", R"({"position": 7})")};
  Proof& view = sample.proof("d92a77e3f146");
  view.again.verdict = Verdict::differs;
  view.again.differences = {
      difference(Change::changed, "view", "public.open_orders", R"({"definition": "SELECT id"})", R"({"definition": "SELECT id, total"})"),
      difference(Change::left_over, "index", "public.orders_open")};
  Proof& last = sample.proof("b70e1d84c9a2");
  last.down = last.again = left_out("it is declared irreversible");
}

void add_findings(SmokeResult& result) {
  const Place line3{.file = "revisions/5b1c9e20d7f4_index_emails/up.sql", .line = 3, .column = 1, .excerpt = {}, .caret = 0};
  const std::string build = "CREATE INDEX customers_email ON public.customers (email)";
  result.findings = {
      {"no-purpose", Level::note, "000000000001", {}, "it does not say what it is for", {}, "", ""},
      {"index-blocks-writes", Level::error, "5b1c9e20d7f4", Direction::up,
       "public.customers cannot be written while its index public.customers_email is built", line3, build, ""},
      {"index-blocks-writes", Level::error, "5b1c9e20d7f4", Direction::up,
       "public.orders cannot be written while its index public.orders_customer is built", {}, "", ""},
      {"downgrade-fails", Level::error, "8e44a10b6c52", Direction::down, "the downgrade fails: cannot drop column points", {}, "", ""},
      {"column-order", Level::warning, "91d0f7aa3b18", Direction::down, "1 column stands elsewhere", {}, "", ""},
      {"table-rewritten", Level::warning, "a3f29c5561be", Direction::up, "public.orders is written anew, since a column changes its type",
       {}, "", ""},
      {"table-rewritten", Level::warning, "b70e1d84c9a2", Direction::up, "public.customers is written anew", {}, "",
       "the table has 40 rows in production"},
      {"second-upgrade-differs", Level::error, "d92a77e3f146", Direction::up, "2 objects differ", {}, "", ""},
      {"no-purpose", Level::note, "", {}, "8 of 9 revisions do not say what they are for", {}, "", ""},
  };
}

void add_facts(SmokeReport& report) {
  report.line = "cairn smoke --gate=error";
  report.runner = "0.9.0";
  report.rules = rules_of_sample;
  report.result.scratch = "ephemeral database";
  report.result.server_version = 150014;
  report.result.gate = Level::error;
  report.result.duration = std::chrono::milliseconds(12'345);
}

void add_proofs(Sample& sample) {
  for (const Revision& revision : sample.revisions) {
    Proof proof;
    proof.revision = &revision;
    proof.up = passed(12);
    proof.down = passed(8);
    proof.again = passed(11);
    sample.report.result.proofs.push_back(std::move(proof));
    const std::string folder = "revisions/" + revision.id;
    sample.report.sources[revision.id] = {.name = revision.id + "_sample", .files = {folder + "/up.sql", folder + "/down.sql"}, .verify = ""};
  }
}

}  // namespace

Proof& Sample::proof(const std::string& id) {
  for (Proof& proof : report.result.proofs)
    if (proof.revision->id == id) return proof;
  throw std::logic_error("the sample has no " + id);
}

Sample make_sample() {
  Sample sample{.revisions = make_revisions(), .report = {}};
  add_facts(sample.report);
  add_proofs(sample);
  add_steps(sample);
  prove_way_back_that_fails(sample.proof("8e44a10b6c52"));
  prove_differences(sample);
  sample.proof("000000000001").asked = true;
  sample.report.sources["37a02ec8662a"].verify = "SELECT id FROM public.orders WHERE customer_id IS NULL";
  add_findings(sample.report.result);
  sample.report.result.chain = {.down = ended(Verdict::failed, 9), .again = left_out("the way down stopped"), .steps = 9, .taken = 2,
                                .stopped_at = "b70e1d84c9a2"};
  sample.report.error = Error(Category::check, "the smoke run found what is not to be released");
  return sample;
}

Sample make_quiet_sample() {
  Sample sample;
  sample.revisions = {make_revision("000000000001", {}, "schemas"), make_revision("37a02ec8662a", {"000000000001"}, "customers")};
  add_facts(sample.report);
  add_proofs(sample);
  sample.report.result.chain = {.down = passed(16), .again = passed(20), .steps = 2, .taken = 2, .stopped_at = ""};
  return sample;
}

Sample make_large_sample(std::size_t revisions, std::size_t statements) {
  Sample sample;
  for (std::size_t i = 0; i < revisions; ++i)
    sample.revisions.push_back(make_revision("rev" + std::to_string(i),
                                             i == 0 ? std::vector<std::string>{} : std::vector{"rev" + std::to_string(i - 1)},
                                             "change number " + std::to_string(i)));
  add_facts(sample.report);
  add_proofs(sample);
  for (Proof& proof : sample.report.result.proofs) proof.up_effects = proof.down_effects = make_long_step(statements);
  return sample;
}

std::string hostile_text() {
  return "<script>document.title='taken over'</script>\"'`|]]>&amp;</textarea>--><img src=x onerror=\"document.title='taken over'\">"
         "\x1b[31m\x01\xff\xfe \xe2\x80\xae" "desrever @octocat #1 ```\n# heading\n" + std::string(300, 'w');
}

Sample make_hostile_sample() {
  Sample sample = make_sample();
  const std::string text = hostile_text();
  Revision& revision = sample.revisions[1];
  revision.message = revision.author = revision.purpose = revision.date = revision.release = text;
  Proof& proof = sample.proof(revision.id);
  revision.id = text;
  for (Finding& finding : sample.report.result.findings) {
    finding.what = finding.statement = text;
    finding.place.file = text;
  }
  sample.report.result.findings[5].rule = text;
  sample.report.result.findings[6].accepted = text;
  proof.up.error = Error(Category::revision, text).detail(text).hint(text).context(text);
  proof.down.differences = {{Change::changed, text, text, text, "other"}};
  proof.down.verdict = Verdict::differs;
  proof.made = proof.down.differences;
  proof.again.verdict = Verdict::left_out;
  proof.again.why = text;
  proof.up_effects = make_hostile_step(text);
  sample.report.sources[text] = {.name = text, .files = {text}, .verify = text};
  sample.report.result.origin = sample.report.result.scratch = sample.report.line = text;
  sample.report.result.chain.stopped_at = text;
  return sample;
}

}  // namespace cairn::test
