#include "sql/meta_command.hpp"

#include <array>
#include <algorithm>

namespace cairn::sql {

namespace {

struct Row {
  std::string_view names;   ///< between blanks
  std::string_view way_out;
};

constexpr std::string_view senders = " g gx gexec gset gdesc watch crosstabview bind parse sendpipeline ";

constexpr std::array<Row, 11> rows{{
    {" i ir include include_relative ", "Put the contents of that file into this one."},
    {" copy ", "Write COPY ... FROM stdin; with the data in the lines below, ended by a line that holds just \\. "
               "(a backslash and a period)."},
    {" set unset getenv setenv prompt gset ", "Variables of psql do not exist here; write the values into the SQL."},
    {" if elif else endif ", "Write the condition in a DO block, or in a C++ revision."},
    {" c connect ", "Remove the line: a revision runs on the connection of the run. Choose the database with "
                    "--database."},
    {" gexec ", "Write a DO block with EXECUTE, or a C++ revision."},
    {" g gx gdesc watch crosstabview bind parse sendpipeline ", "End the statement with a semicolon instead."},
    {" echo qecho warn ", "Remove the line, or write RAISE NOTICE in a DO block."},
    {" ! ", "Remove the line: a revision cannot run shell commands."},
    {" encoding ", "Save the file as UTF-8 and remove the line."},
    {" . ", "Remove the line: no COPY ... FROM stdin; is open here."},
}};

bool lists(std::string_view names, std::string_view name) {
  return names.find(' ' + std::string(name) + ' ') != names.npos;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

MetaCommand read_meta_command(std::string_view text, std::size_t backslash) {
  MetaCommand command;
  command.end = std::min(text.find('\n', backslash), text.size());
  const std::string_view line = text.substr(backslash, command.end - backslash);
  std::size_t length = 1;
  while (length < line.size() && is_letter(line[length])) ++length;
  if (length == 1 && line.size() > 1 && line[1] > ' ' && line[1] < '\x7f') length = 2;   // \! and \.
  command.name = std::string(line.substr(1, length - 1));
  command.ends_statement = lists(senders, command.name);
  command.harmless = command.name == "restrict" || command.name == "unrestrict";
  return command;
}

std::string way_out(const MetaCommand& command) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return lists(r.names, command.name); });
  return row != rows.end() ? std::string(row->way_out)
                           : "Remove the line: a revision is sent to the server, which knows only SQL.";
}

}  // namespace cairn::sql
