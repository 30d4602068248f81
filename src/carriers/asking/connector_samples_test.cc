#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>

#include "carriers/asking/connector_gateway.h"
#include "carriers/declaration/loader.h"
#include "carriers/samples/sample_library.h"
#include "carriers/samples/sample_server.h"

namespace parcelwake::carriers {
namespace {

class FixedClock final : public ports::Clock {
 public:
  Timestamp now() override { return from_unix_seconds(1'700'000'000); }
};

class CountingRandom final : public ports::Random {
 public:
  std::uint64_t bits() override { return ++count_; }

 private:
  std::atomic<std::uint64_t> count_ = 0;
};

// Asks every connector of the project for every number of its samples, over HTTP, at a server that answers with them.
class ConnectorSamples : public ::testing::Test {
 protected:
  ConnectorSamples()
      : library_(
            std::make_shared<const SampleLibrary>(SampleLibrary::load(PARCELWAKE_SOURCE_DIR "/connectors").value())),
        server_(serve_samples({}, library_).value()) {}

  CarrierSettings settings_for(const WireFormat& format) const {
    CarrierSettings settings;
    settings.format = format.name;
    settings.base_url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/" + format.name;
    for (const CredentialNeed& need : format.credentials) settings.credentials[need.name] = "x";
    settings.per_second = 0;
    settings.per_hour = settings.per_day = 0;
    return settings;
  }

  // Nothing where the answer is one; otherwise why there is none.
  std::optional<ports::CarrierFailure> ask(const std::shared_ptr<const Declaration>& declaration,
                                           const WireFormat& format, const std::string& number) {
    ConnectorGateway gateway({declaration}, {{declaration->name, settings_for(format)}}, clock_, random_);
    gateway.start();
    std::promise<std::optional<ports::CarrierFailure>> failure;
    const auto take = [&](std::size_t, const auto& said) {
      failure.set_value(said ? std::nullopt : std::optional(said.error()));
    };
    if (declaration->airlines.empty()) {
      gateway.ask({{declaration->carriers.front(), domain::TrackingNumber::trusted(number), {}, clock_.now()}}, take);
    } else {
      const std::string asked = number.starts_with("SAMPLE-") ? declaration->airlines.front() + "-" + number : number;
      gateway.ask_airlines({{domain::AirWaybill::trusted(asked), "", clock_.now()}}, take);
    }
    return failure.get_future().get();
  }

  FixedClock clock_;
  CountingRandom random_;
  std::shared_ptr<const SampleLibrary> library_;
  std::unique_ptr<wire::http::Server> server_;
};

TEST_F(ConnectorSamples, EachNumberGetsTheAnswerOfItsSample) {
  std::size_t asked = 0;
  for (const auto& declaration : load_embedded_declarations().declarations) {
    for (const WireFormat& format : declaration->formats) {
      if (!format.request) continue;
      for (const auto& sample : library_->samples()) {
        const std::string number = sample->numbers.empty() ? "SAMPLE-" + sample->name : sample->numbers.front();
        if (sample->format != format.name || library_->choose(format.name, number) != sample.get()) continue;
        const auto failure = ask(declaration, format, number);
        EXPECT_EQ(!failure, !sample->error && !sample->not_found) << format.name << " " << sample->name;
        if (sample->not_found && failure) {
          EXPECT_EQ(failure->error, ports::CarrierError::UnknownNumber) << format.name << " " << sample->name;
        }
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 10U);
}

}  // namespace
}  // namespace parcelwake::carriers
