#pragma once

#include <string>

#include "cli/command.h"

namespace parcelwake::cli {

// Exit codes of the program, a contract for scripts.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // or failed; the reason is on stderr
inline constexpr int kWrongUsage = 2;

// Each command adds itself to the parser; what it does sets `exit_code`.
void add_serve_command(const Command& program, int& exit_code);
void add_account_command(const Command& program, int& exit_code);
void add_account_balance_commands(const Command& account, int& exit_code);  // within `account`
void add_account_set_command(const Command& account, int& exit_code);       // within `account`
void add_key_command(const Command& program, int& exit_code);
void add_detect_command(const Command& program, int& exit_code);
void add_track_command(const Command& program, int& exit_code);
void add_carrier_command(const Command& program, int& exit_code);
void add_serve_samples_command(const Command& carrier, int& exit_code);  // within `carrier`
void add_carrier_setup_command(const Command& carrier, int& exit_code);  // within `carrier`
void add_doctor_command(const Command& program, int& exit_code);
void add_completion_command(const Command& program);  // hidden, for those who package
void add_manual_command(const Command& program);      // likewise
void add_remote_areas_command(const Command& program, int& exit_code);
void add_backup_commands(const Command& program, int& exit_code);  // backup, restore, migrate
void add_import_command(const Command& program, int& exit_code);
void add_export_command(const Command& program, int& exit_code);
void add_webhook_command(const Command& program, int& exit_code);
void add_config_command(const Command& program, int& exit_code);

// Says on stderr why a command was refused, and gives kRefused.
int refuse(const std::string& reason);

// Where commands look for a data directory that is not named.
inline constexpr const char* kDefaultDataDirectory = "parcelwake-data";

}  // namespace parcelwake::cli
