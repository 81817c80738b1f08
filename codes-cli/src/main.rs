//! The command `smtp-codes`.

fn main() -> std::process::ExitCode {
    codes_cli::main()
}
