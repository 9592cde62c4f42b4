// Whose plugins are taken. What only root can set up has a test of its own; everything else runs as anybody.
#include "plugin/trust.hpp"
#include "base/error.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

constexpr uid_t stranger = 54321;   // nobody on this machine

void open_to_all(const fs::path& path) { fs::permissions(path, fs::perms(fs::is_directory(path) ? 0777 : 0666)); }
void make_sticky(const fs::path& path) { fs::permissions(path, fs::perms(01777)); }

/// home/plugins/a.so, and elsewhere/b.so to be linked to; all closed to others.
class Way : public testing::Test {
 protected:
  Way() {
    for (const char* const name : {"home", "home/plugins", "elsewhere"}) fs::create_directory(at(name));
    for (const char* const name : {"home/plugins/a.so", "elsewhere/b.so"}) write_file(at(name), "x");
    for (const char* const name : {"home", "home/plugins", "elsewhere"}) fs::permissions(at(name), fs::perms(0755));
  }

  fs::path at(const std::string& name) const { return folder_ / name; }

  /// "path below the test's folder: reason" for each.
  std::vector<std::string> judge(const std::string& folder, const std::string& file, TrustedOwners owners = find_trusted_owners()) const {
    PathTrust trust(std::move(owners));
    trust.judge_folder(at(folder).string());
    trust.judge_file(at(file).string());
    std::vector<std::string> found;
    for (const Distrust& problem : trust.problems()) found.push_back(fs::path(problem.path).lexically_relative(folder_.path()).string() + ": " + problem.reason);
    return found;
  }

 private:
  TemporaryDirectory folder_;
};

struct WayRow {
  const char* name;
  std::function<void(const std::function<fs::path(const std::string&)>&)> prepare;
  std::vector<std::string> problems;
  const char* folder = "home/plugins";
  const char* file = "home/plugins/a.so";
};

const WayRow way_rows[] = {
    {"closed to others", [](auto) {}, {}},
    {"a file that all may write", [](auto at) { open_to_all(at("home/plugins/a.so")); }, {"home/plugins/a.so: can be written by everybody"}},
    {"a folder that all may write", [](auto at) { open_to_all(at("home/plugins")); }, {"home/plugins: can be written by everybody"}},
    {"one above it", [](auto at) { open_to_all(at("home")); }, {"home: can be written by everybody"}},
    {"a sticky folder that holds plugins", [](auto at) { make_sticky(at("home/plugins")); },
     {"home/plugins: holds plugins, and everybody can add to them"}},
    {"a sticky folder above them, like /tmp", [](auto at) { make_sticky(at("home")); }, {}},
    {"all that is wrong, each once", [](auto at) { open_to_all(at("home")); open_to_all(at("home/plugins")); open_to_all(at("home/plugins/a.so")); },
     {"home: can be written by everybody", "home/plugins: can be written by everybody", "home/plugins/a.so: can be written by everybody"}},
    {"a link", [](auto at) { fs::create_symlink("../../elsewhere/b.so", at("home/plugins/l.so")); }, {}, "home/plugins", "home/plugins/l.so"},
    {"a link to a file that all may write",
     [](auto at) { fs::create_symlink(at("elsewhere/b.so"), at("home/plugins/l.so")); open_to_all(at("elsewhere/b.so")); },
     {"elsewhere/b.so: can be written by everybody"}, "home/plugins", "home/plugins/l.so"},
    {"a link into a folder that all may write",
     [](auto at) { fs::create_symlink("../../elsewhere/b.so", at("home/plugins/l.so")); open_to_all(at("elsewhere")); },
     {"elsewhere: can be written by everybody"}, "home/plugins", "home/plugins/l.so"},
    {"a link into a sticky folder", [](auto at) { fs::create_symlink(at("elsewhere/b.so"), at("home/plugins/l.so")); make_sticky(at("elsewhere")); },
     {}, "home/plugins", "home/plugins/l.so"},
    {"a link by way of a link", [](auto at) {
       fs::create_directory_symlink(at("elsewhere"), at("home/way"));
       fs::create_symlink("../way/b.so", at("home/plugins/l.so"));
       open_to_all(at("elsewhere"));
     }, {"elsewhere: can be written by everybody"}, "home/plugins", "home/plugins/l.so"},
    {"a folder that is a link", [](auto at) { fs::create_directory_symlink("plugins", at("home/link")); open_to_all(at("home/plugins")); },
     {"home/plugins: can be written by everybody"}, "home/link", "home/link/a.so"},
    {"a sticky folder that is a link", [](auto at) { fs::create_directory_symlink("plugins", at("home/link")); make_sticky(at("home/plugins")); },
     {"home/plugins: holds plugins, and everybody can add to them"}, "home/link", "home/link/a.so"},
    {"the folder where a link lies", [](auto at) { fs::create_directory_symlink("../home/plugins", at("elsewhere/link")); open_to_all(at("elsewhere")); },
     {"elsewhere: can be written by everybody"}, "elsewhere/link", "elsewhere/link/a.so"},
    {"a link that leads nowhere", [](auto at) { fs::create_symlink("nowhere", at("home/plugins/l.so")); }, {}, "home/plugins", "home/plugins/l.so"},
    {"a link in a circle", [](auto at) { fs::create_symlink("l.so", at("home/plugins/l.so")); }, {}, "home/plugins", "home/plugins/l.so"},
    {"a way with dots", [](auto at) { open_to_all(at("elsewhere")); }, {"elsewhere: can be written by everybody"},
     "elsewhere/../home/./plugins", "home/plugins/a.so"},
    {"a file that is missing", [](auto) {}, {}, "home/plugins", "home/plugins/missing.so"},
};

class WayRows : public Way, public testing::WithParamInterface<WayRow> {};

TEST_P(WayRows, is_judged) {
  GetParam().prepare([&](const std::string& name) { return at(name); });
  EXPECT_EQ(judge(GetParam().folder, GetParam().file), GetParam().problems) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(Trust, WayRows, testing::ValuesIn(way_rows));

TEST_F(Way, leads_through_nothing_of_an_account_that_is_not_trusted) {
  const std::vector<std::string> problems = judge("home/plugins", "home/plugins/a.so", TrustedOwners({stranger}));
  const std::string reason = ": belongs to " + describe_account(::geteuid()) + ", whom this run does not trust";
  ASSERT_GE(problems.size(), 4u) << "the folder of the test and what is above it";
  EXPECT_EQ(std::vector(problems.end() - 3, problems.end()),
            (std::vector<std::string>{"home" + reason, "home/plugins" + reason, "home/plugins/a.so" + reason}));
}

TEST_F(Way, is_told_with_what_to_type) {
  PathTrust strict(TrustedOwners({stranger}));
  strict.judge_file(at("home/plugins/a.so").string());
  const Distrust of_owner = strict.problems().at(0);
  EXPECT_EQ(of_owner.detail, "Plugins are run with your rights, so only these may be able to change them: 54321.");
  const std::string me = name_of_account(::geteuid());
  EXPECT_NE(of_owner.hint.find("\"chown " + me + " '" + at("home/plugins/a.so").string() + "'\""), std::string::npos) << of_owner.hint;
  EXPECT_NE(of_owner.hint.find("CAIRN_TRUSTED_OWNERS=" + me), std::string::npos) << of_owner.hint;
  open_to_all(at("home/plugins/a.so"));
  PathTrust usual(find_trusted_owners());
  usual.judge_file(at("home/plugins/a.so").string());
  EXPECT_NE(usual.problems().at(0).hint.find("chmod o-w '" + at("home/plugins/a.so").string() + "'"), std::string::npos);
}

struct OwnerRow {
  const char* name;
  const char* path;
  uid_t owner;
  gid_t group;
  mode_t mode;
  const char* problem;   ///< empty: trusted
};

TEST_F(Way, may_belong_to_root_and_to_groups_that_are_nobody_elses) {
  const OwnerRow rows[] = {
      {"a file of somebody else", "home/plugins/a.so", stranger, 0, 0644, "home/plugins/a.so: belongs to 54321, whom this run does not trust"},
      {"a folder of somebody else", "home", stranger, 0, 0755, "home: belongs to 54321, whom this run does not trust"},
      {"a sticky folder of somebody else", "home", stranger, 0, 01777, "home: belongs to 54321, whom this run does not trust"},
      {"what an unknown account is shown as", "home/plugins/a.so", 65534, 0, 0644,
       "home/plugins/a.so: belongs to nobody (65534), whom this run does not trust"},
      {"root's group", "home/plugins/a.so", 0, 0, 0664, ""},
      {"another group that may write", "home/plugins/a.so", 0, 4, 0664, "home/plugins/a.so: can be written by the group adm (4)"},
      {"a group without a name that may write", "home", 0, stranger, 0775, "home: can be written by the group 54321"},
      {"another group that may write, and sticky", "home", 0, 4, 01775, ""},
      {"another group that may only read", "home/plugins/a.so", 0, 4, 0644, ""},
  };
  if (::geteuid() != 0) {
    EXPECT_NE(::chown(at("home").c_str(), stranger, stranger), 0) << "only root can give files away";
    return;
  }
  for (const OwnerRow& row : rows) {
    ASSERT_EQ(::chown(at(row.path).c_str(), row.owner, row.group), 0) << row.name;
    ASSERT_EQ(::chmod(at(row.path).c_str(), row.mode), 0) << row.name;
    const std::vector<std::string> problems = judge("home/plugins", "home/plugins/a.so");
    EXPECT_EQ(problems, *row.problem == '\0' ? std::vector<std::string>{} : std::vector<std::string>{row.problem}) << row.name;
    ASSERT_EQ(::chown(at(row.path).c_str(), 0, 0), 0);
    ASSERT_EQ(::chmod(at(row.path).c_str(), 0755), 0);
  }
}

/// Version 2, then tag, rights and id of each entry: the owner, user 54321, the group, the mask, all others.
std::string access_list(unsigned char of_user, unsigned char mask) {
  std::string bytes("\2\0\0\0", 4);
  const auto entry = [&](unsigned char tag, unsigned char rights, std::uint32_t id) {
    bytes += {static_cast<char>(tag), 0, static_cast<char>(rights), 0};
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((id >> shift) & 0xFFU);
  };
  constexpr std::uint32_t nobody = 0xFFFFFFFFU;
  entry(0x01, 6, nobody);
  entry(0x02, of_user, stranger);
  entry(0x04, 4, nobody);
  entry(0x10, mask, nobody);
  entry(0x20, 4, nobody);
  return bytes;
}

TEST_F(Way, counts_what_an_access_list_can_grant) {
  const auto set_list = [&](unsigned char mask) {
    const std::string bytes = access_list(6, mask);
    return ::setxattr(at("home/plugins/a.so").c_str(), "system.posix_acl_access", bytes.data(), bytes.size(), 0);
  };
  if (set_list(6) != 0) {
    EXPECT_EQ(errno, EOPNOTSUPP) << "only where there are no such lists";
    return;
  }
  EXPECT_EQ(judge("home/plugins", "home/plugins/a.so"), std::vector<std::string>{"home/plugins/a.so: can be written by whom its access list names"});
  ASSERT_EQ(set_list(4), 0);
  EXPECT_EQ(judge("home/plugins", "home/plugins/a.so"), std::vector<std::string>{});
}

TEST(TrustedOwners, are_root_oneself_and_who_is_named) {
  const TrustedOwners usual = find_trusted_owners();
  EXPECT_TRUE(usual.contains(0) && usual.contains(::geteuid()));
  EXPECT_FALSE(usual.contains(stranger));
  const std::vector<std::string> more{"54321", "daemon"};
  const TrustedOwners named = find_trusted_owners(more);
  EXPECT_TRUE(named.contains(stranger) && named.contains(1) && named.contains(0));
  EXPECT_NE(named.describe().find("root (0), "), std::string::npos);
}

TEST(TrustedOwners, count_the_caller_of_sudo_for_root_alone) {
  ::setenv("SUDO_UID", "54321", 1);
  EXPECT_EQ(find_trusted_owners().contains(stranger), ::geteuid() == 0);
  ::setenv("SUDO_UID", "54321x", 1);
  EXPECT_FALSE(find_trusted_owners().contains(stranger));
  ::unsetenv("SUDO_UID");
}

TEST(TrustedOwners, have_to_exist) {
  const std::vector<std::string> names{"nobody-is-called-so", "daemon", "12x"};
  try {
    find_trusted_owners(names);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
    EXPECT_EQ(error.message(), "trust.owners names \"nobody-is-called-so\", and there is no such account");
    EXPECT_EQ(error.also().size(), 1u);
  }
}

TEST(GroupOfOwner, is_that_of_root_or_called_like_the_owner) {
  EXPECT_TRUE(is_group_of_owner(0, stranger));
  EXPECT_TRUE(is_group_of_owner(1, 1)) << "daemon";
  EXPECT_FALSE(is_group_of_owner(1, 2)) << "daemon's, for bin";
  EXPECT_FALSE(is_group_of_owner(65534, 65534)) << "nogroup is not nobody's own";
  EXPECT_TRUE(is_group_of_owner(stranger, stranger)) << "a number that both have, and no name";
  EXPECT_FALSE(is_group_of_owner(stranger + 1, stranger));
  EXPECT_FALSE(is_group_of_owner(stranger, 1));
  EXPECT_FALSE(is_group_of_owner(1, stranger));
}

}  // namespace
}  // namespace cairn::test
