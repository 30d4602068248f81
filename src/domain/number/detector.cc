#include "domain/number/detector.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

#include "domain/number/normalised_number.h"

namespace parcelwake::domain {

namespace {

constexpr std::int64_t kPatternMemory = 16 << 20;
constexpr double kGenericShare = 0.4;
constexpr double kSecondOperator = 0.99;
constexpr double kUnknownService = 0.55;

re2::RE2::Options options() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_never_capture(true);
  options.set_max_mem(kPatternMemory);
  return options;
}

}  // namespace

struct Detector::Patterns {
  re2::RE2::Set set{options(), re2::RE2::ANCHOR_BOTH};
};

struct Detector::Layout {
  const NumberFormat* format;
  const NumberShape* shape;
  std::unique_ptr<re2::RE2> exclude;
  std::uint16_t order;
  std::uint16_t carrier;
  bool is_generic;
  double unchecked;
  double held;
  double failed;
};

Detector::Detector(std::vector<NumberFormat> formats, PostalOperators operators)
    : formats_(std::move(formats)), operators_(std::move(operators)), patterns_(std::make_unique<Patterns>()) {}
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;
Detector::~Detector() = default;

Result<Detector, std::string> Detector::build(std::vector<NumberFormat> formats, PostalOperators operators) {
  Detector detector(std::move(formats), std::move(operators));
  if (auto refused = detector.compile()) return fail(std::move(*refused));
  return detector;
}

std::optional<std::string> Detector::compile() {
  for (const NumberFormat& format : formats_) {
    for (const NumberShape& shape : format.shapes) {
      std::string why;
      if (patterns_->set.Add(shape.pattern, &why) != static_cast<int>(layouts_.size())) return format.id + ": " + why;
      Layout layout{.format = &format,
                    .shape = &shape,
                    .exclude = nullptr,
                    .order = static_cast<std::uint16_t>(&format - formats_.data()),
                    .carrier = format.carrier.empty() ? std::uint16_t{0} : intern(format.carrier),
                    .is_generic = shape.share >= kGenericShare,
                    .unchecked = strength(format, shape, std::nullopt),
                    .held = strength(format, shape, true),
                    .failed = strength(format, shape, false)};
      if (!format.exclude.empty()) {
        layout.exclude = std::make_unique<re2::RE2>(format.exclude, options());
        if (!layout.exclude->ok()) return format.id + ": " + layout.exclude->error();
      }
      layouts_.push_back(std::move(layout));
    }
  }
  for (const CarrierCode& code : operators_.carriers()) operator_carriers_.push_back(intern(code));
  if (!patterns_->set.Compile()) return "the formats together are too large";
  return std::nullopt;
}

std::uint16_t Detector::intern(const CarrierCode& code) {
  const auto found = std::find(carriers_.begin(), carriers_.end(), code);
  if (found != carriers_.end()) return static_cast<std::uint16_t>(found - carriers_.begin());
  carriers_.push_back(code);
  return static_cast<std::uint16_t>(carriers_.size() - 1);
}

void Detector::find(std::string_view written, std::vector<Fit>& out) const {
  out.clear();
  const auto number = NormalisedNumber::from(written);
  if (!number) return;
  const std::string_view text = number->text();
  thread_local std::vector<int> matched;
  re2::RE2::Set::ErrorInfo error{};
  if (patterns_->set.Match({text.data(), text.size()}, &matched, &error)) {
    for (const int index : matched) add_fit(layouts_[static_cast<std::size_t>(index)], text, out);
  } else if (error.kind != re2::RE2::Set::kNoError) {
    // The automaton outgrew its memory, which reads as "no match": ask the patterns one by one.
    for (const Layout& layout : layouts_) {
      if (re2::RE2::FullMatch({text.data(), text.size()}, layout.shape->pattern)) add_fit(layout, text, out);
    }
  }
}

void Detector::add_fit(const Layout& layout, std::string_view number, std::vector<Fit>& out) const {
  if (layout.exclude && re2::RE2::FullMatch({number.data(), number.size()}, *layout.exclude)) return;
  Fit fit;
  fit.format = layout.format;
  fit.order = layout.order;
  fit.carrier = layout.carrier;
  fit.checksum = check_holds(*layout.format, *layout.shape, number);
  fit.is_generic = layout.is_generic;
  fit.strength = !fit.checksum ? layout.unchecked : *fit.checksum ? layout.held : layout.failed;
  if (layout.format->carrier.empty()) {
    add_operators(fit, number, out);
  } else {
    out.push_back(fit);
  }
}

void Detector::add_operators(const Fit& fit, std::string_view number, std::vector<Fit>& out) const {
  if (number.size() < 2) return;
  const PostalOperators::Answer answer = operators_.find(number.front(), number.substr(number.size() - 2));
  Fit one = fit;
  if (!operators_.is_service(number.front())) {
    one.is_doubtful = true;
    one.strength *= kUnknownService;
  }
  for (std::uint8_t i = 0; i < answer.count; ++i) {
    one.carrier = operator_carriers_[answer.carriers[i]];
    out.push_back(one);
    one.strength *= kSecondOperator;
  }
}

}  // namespace parcelwake::domain
