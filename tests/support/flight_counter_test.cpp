#include "support/flight_counter.hpp"

#include <gtest/gtest.h>
#include <string>

namespace cairn::test {
namespace {

std::string length_of(std::size_t size) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift & 0xff);
  return bytes;
}

std::string message(char type, const std::string& content = "") { return type + length_of(content.size() + 4) + content; }

std::string startup() { return length_of(12) + std::string("\0\3\0\0", 4) + "user"; }

std::string ssl_request() { return length_of(8) + std::string("\x04\xd2\x16\x2f", 4); }

struct Event {
  char sender;   // c or s
  std::string bytes;
};

struct Case {
  const char* name;
  std::vector<Event> events;
  std::size_t turnarounds;
};

const std::string greeting = message('R', length_of(0)) + message('S', "a") + message('Z', "I");

const Case cases[] = {
    {"start and end", {{'c', startup()}, {'s', greeting}, {'c', message('X')}}, 2},
    {"one query",
     {{'c', startup()}, {'s', greeting}, {'c', message('Q', "x")}, {'s', message('Z', "I")}, {'c', message('X')}},
     3},
    {"a query in pieces", {{'c', startup()}, {'s', greeting}, {'c', "Q"}, {'c', message('Q', "abc").substr(1)}}, 2},
    {"a pipeline is one flight",
     {{'c', startup()}, {'s', greeting}, {'c', message('P') + message('S') + message('P')}, {'s', message('1')},
      {'c', message('S')}, {'s', message('Z', "I")}, {'c', message('P')}, {'s', message('Z', "I")}, {'c', message('S')}},
     3},
    {"COPY data waits for the server to ask",
     {{'c', startup()}, {'s', greeting}, {'c', message('Q', "x")}, {'s', message('G')}, {'c', message('d') + message('c')},
      {'s', message('C') + message('Z', "I")}},
     3},
    {"TLS is asked for first", {{'c', ssl_request()}, {'s', "N"}, {'c', startup()}, {'s', greeting}}, 2},
    {"a password is a flight",
     {{'c', startup()}, {'s', message('R', length_of(3))}, {'c', message('p', "x")}, {'s', greeting}},
     2},
};

TEST(FlightCounter, counts_what_the_client_waited_for) {
  for (const Case& row : cases) {
    FlightCounter counter;
    for (const Event& event : row.events) {
      event.sender == 'c' ? counter.from_client(event.bytes) : counter.from_server(event.bytes);
    }
    EXPECT_EQ(counter.turnarounds(), row.turnarounds) << row.name;
  }
}

TEST(FlightCounter, does_not_depend_on_how_the_bytes_arrive) {
  for (const Case& row : cases) {
    FlightCounter counter;
    for (const Event& event : row.events) {
      for (const char byte : event.bytes) {
        const std::string one(1, byte);
        event.sender == 'c' ? counter.from_client(one) : counter.from_server(one);
      }
    }
    EXPECT_EQ(counter.turnarounds(), row.turnarounds) << row.name;
  }
}

}  // namespace
}  // namespace cairn::test
