#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/commands.h"

int main(int argc, char** argv) {
  using namespace parcelwake::cli;
  umask(S_IRWXG | S_IRWXO);  // what is kept about parcels and people is for its owner, wherever the directory lies
  CLI::App app{
      "Parcelwake keeps trackings of parcels, asks their carriers and answers the APIs of TrackingMore v2, Tracktry v1 "
      "and\n"
      "Trackru v1. A first parcel:\n"
      "  parcelwake account create --email you@example.com     prints an API key\n"
      "  parcelwake serve                                       listens on http://127.0.0.1:8080\n"
      "  curl -H 'Trackingmore-Api-Key: KEY' -d '{\"tracking_number\":\"SBXWALK0001\",\"carrier_code\":\"sandbox\"}' "
      "\\\n"
      "       http://127.0.0.1:8080/v2/trackings/post",
      "parcelwake"};
  app.set_version_flag("--version", PARCELWAKE_VERSION);
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help of every command");

  const Command program(app);
  int exit_code = kDone;
  add_serve_command(program, exit_code);
  add_account_command(program, exit_code);
  add_key_command(program, exit_code);
  add_webhook_command(program, exit_code);
  add_detect_command(program, exit_code);
  add_track_command(program, exit_code);
  add_carrier_command(program, exit_code);
  add_remote_areas_command(program, exit_code);
  add_backup_commands(program, exit_code);
  add_import_command(program, exit_code);
  add_export_command(program, exit_code);
  add_config_command(program, exit_code);
  add_doctor_command(program, exit_code);
  add_completion_command(program);
  add_manual_command(program);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& said) {
    return app.exit(said);
  } catch (const CLI::ParseError& mistake) {
    app.exit(mistake, std::cerr, std::cerr);
    return kWrongUsage;
  }
  return exit_code;
}
