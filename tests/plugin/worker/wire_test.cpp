#include "recording_host.hpp"

#include "worker/messages.hpp"
#include "worker/step_server.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace cairn::test {
namespace {

std::string as_bytes(Opcode opcode, std::string_view payload) {
  const FrameHeader header = make_header(opcode, payload.size());
  return std::string(header.data(), header.size()) + std::string(payload);
}

/// Feeds bytes in pieces and answers the payloads of the frames they make.
std::vector<std::string> frames_in(std::string_view bytes, std::size_t piece) {
  FrameInput input;
  std::vector<std::string> payloads;
  while (!bytes.empty()) {
    const std::span<char> room = input.room();
    const std::size_t count = std::min({piece, room.size(), bytes.size()});
    std::memcpy(room.data(), bytes.data(), count);
    bytes.remove_prefix(count);
    input.filled(count);
    if (input.complete()) payloads.emplace_back(input.take().payload);
  }
  return payloads;
}

TEST(FrameInput, puts_frames_together_from_any_pieces) {
  const std::string bytes =
      as_bytes(Opcode::log, "one") + as_bytes(Opcode::cancelled, "") + as_bytes(Opcode::log, "three");
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece)
    EXPECT_EQ(frames_in(bytes, piece), (std::vector<std::string>{"one", "", "three"}));
}

TEST(FrameInput, refuses_a_frame_beyond_the_bound_before_it_takes_memory) {
  FrameInput input;
  const FrameHeader header = make_header(Opcode::log, most_frame_bytes + 1);
  std::memcpy(input.room().data(), header.data(), header.size());
  EXPECT_THROW(input.filled(header.size()), WireBroken);
}

TEST(FieldReader, refuses_counts_that_the_frame_cannot_hold) {
  const std::string payload = FieldWriter().u64(0xFFFFFFFFFFFFFFFFU).payload();
  EXPECT_THROW(FieldReader(payload).text(), WireBroken);
  EXPECT_THROW(FieldReader(payload).count(4), WireBroken);
  FieldReader cells(payload);
  EXPECT_THROW(read_cells(cells), WireBroken);
}

TEST(Messages, cross_the_wire_unchanged) {
  const Result result{"SELECT 2", {"a", "b"}, {{"1", std::nullopt}, {std::string("x\0y", 3), ""}}};
  FieldWriter fields;
  write_result(fields, result);
  FieldReader reader(fields.payload());
  const Result read = read_result(reader);
  EXPECT_EQ(read.tag, result.tag);
  EXPECT_EQ(read.columns, result.columns);
  EXPECT_EQ(read.rows, result.rows);
  EXPECT_NO_THROW(reader.end());
}

std::string payload_of(Opcode opcode) {
  FieldWriter fields;
  switch (opcode) {
    case Opcode::query: write_place(fields, {}); write_cells(fields.text("echo"), {"1", std::nullopt}); break;
    case Opcode::savepoint: write_place(fields, {}); fields.u32(0); break;
    case Opcode::execute:
    case Opcode::begin_copy_in:
    case Opcode::begin_copy_out: write_place(fields, {"f.cpp", 3, 0, {}}); fields.text("sql"); break;
    case Opcode::end_copy_in: fields.optional("reason"); break;
    case Opcode::log: fields.u32(1).text("text"); break;
    case Opcode::progress: fields.u64(1).u64(2).text("text"); break;
    case Opcode::variable: fields.text("key"); break;
    case Opcode::refused: write_error(fields, Error(Category::revision, "why")); break;
    default: break;
  }
  return fields.payload();
}

constexpr Opcode calls[] = {Opcode::query, Opcode::savepoint, Opcode::execute, Opcode::begin_copy_in, Opcode::end_copy_in,
                            Opcode::begin_copy_out, Opcode::read_copy, Opcode::end_copy_out, Opcode::log, Opcode::progress,
                            Opcode::variable, Opcode::refused, Opcode::cancelled};

TEST(ServeCall, takes_whole_frames_and_refuses_every_truncation) {
  for (const Opcode opcode : calls) {
    const std::string payload = payload_of(opcode);
    RecordingHost host;
    StepGuard guard(host);
    EXPECT_NO_THROW(serve_call(Frame{opcode, payload}, guard));
    for (std::size_t size = 0; size < payload.size(); ++size)
      EXPECT_THROW(serve_call(Frame{opcode, std::string_view(payload).substr(0, size)}, guard), WireBroken);
    EXPECT_THROW(serve_call(Frame{opcode, payload + "x"}, guard), WireBroken);
  }
}

TEST(ServeCall, survives_damaged_frames) {
  std::mt19937 random(20240229);   // NOLINT: the same cases every time
  for (std::size_t round = 0; round < 20'000; ++round) {
    RecordingHost host;
    StepGuard guard(host);
    const Opcode opcode = calls[random() % std::size(calls)];
    std::string payload = payload_of(opcode);
    for (std::size_t i = 0; i < 1 + round % 4 && !payload.empty(); ++i)
      payload[random() % payload.size()] = static_cast<char>(random());
    try {
      const auto answer = serve_call(Frame{opcode, payload}, guard);
      EXPECT_TRUE(!answer || answer->payload.size() <= most_frame_bytes);
    } catch (const WireBroken& broken) {
      EXPECT_STRNE(broken.what(), "");
    }
  }
}

}  // namespace
}  // namespace cairn::test
