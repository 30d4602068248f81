#pragma once

#include <CLI/CLI.hpp>

namespace parcelwake::cli {

// Exit codes of the program, a contract for scripts.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // or failed; the reason is on stderr
inline constexpr int kWrongUsage = 2;

// Each command adds itself to the parser; what it does sets `exit_code`.
void add_serve_command(CLI::App& program, int& exit_code);
void add_account_command(CLI::App& program, int& exit_code);
void add_account_balance_commands(CLI::App& account, int& exit_code);  // within `account`
void add_account_set_command(CLI::App& account, int& exit_code);       // within `account`
void add_key_command(CLI::App& program, int& exit_code);
void add_detect_command(CLI::App& program, int& exit_code);
void add_track_command(CLI::App& program, int& exit_code);
void add_carrier_command(CLI::App& program, int& exit_code);
void add_serve_samples_command(CLI::App& carrier, int& exit_code);  // within `carrier`
void add_carrier_setup_command(CLI::App& carrier, int& exit_code);  // within `carrier`
void add_doctor_command(CLI::App& program, int& exit_code);
void add_completion_command(CLI::App& program);  // hidden, for those who package
void add_manual_command(CLI::App& program);      // likewise
void add_remote_areas_command(CLI::App& program, int& exit_code);
void add_backup_commands(CLI::App& program, int& exit_code);  // backup, restore, migrate
void add_import_command(CLI::App& program, int& exit_code);
void add_export_command(CLI::App& program, int& exit_code);
void add_webhook_command(CLI::App& program, int& exit_code);
void add_config_command(CLI::App& program, int& exit_code);

// Says on stderr why a command was refused, and gives kRefused.
int refuse(const std::string& reason);

// Where commands look for a data directory that is not named.
inline constexpr const char* kDefaultDataDirectory = "parcelwake-data";

}  // namespace parcelwake::cli
