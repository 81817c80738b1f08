//! Replies read, judged and written.

use codes_core::{Command, EnhancedCode, Reply, ReplyReader, ReplyWriter, Smtp550, StreamEnd};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("Read and judged:");
    for (octets, command) in [
        (
            b"550-5.1.1 No such\r\n550 5.1.1 user\r\n".as_slice(),
            Command::RCPT,
        ),
        (b"554 5.7.1 No service for you\r\n", Command::CONNECT),
        (b"452 4.5.3 Too many recipients\n", Command::RCPT),
        (b"550 4.7.1 Try \xfcbermorgen\r\n", Command::RCPT),
        (b"250 2.0.0 Ok\r\n", Command::DATA),
        (b"250-fine\r\n550 or not\r\n", Command::DATA_BODY),
        (b"HTTP/1.1 400 Bad Request\r\n", Command::CONNECT),
        (b"220-mx.example.org\r\n", Command::CONNECT),
    ] {
        println!("\n  {}", octets.escape_ascii());
        match Reply::parse(octets) {
            Ok(Some(reply)) => judge(&reply, command),
            Ok(None) => println!("    incomplete"),
            Err(error) => println!("    {error}"),
        }
    }

    println!("\nThe end of a stream within a reply:");
    let octets = b"250 2.0.0 Ok\r\n550 5.1.1 no su";
    let mut reader = ReplyReader::new();
    let first = reader.read(octets)?.ok_or("incomplete")?;
    println!("  {first}");
    if let StreamEnd::Truncated(rest) = reader.finish(&octets[first.len()..])? {
        println!("  {rest}");
    }

    println!("\nWritten:");
    let no_such_user = EnhancedCode::new(5, 1, 1).ok_or("out of range")?;
    let mut text = String::new();
    Smtp550
        .reply("No such user")
        .enhanced(no_such_user)
        .write_to(&mut text)?;
    let lines = ["mx.example.org", "PIPELINING", "8BITMIME"];
    ReplyWriter::lines(codes_core::Smtp250, &lines).write_to(&mut text)?;
    for line in text.lines() {
        println!("  {line}");
    }
    for refused in [
        Smtp550.reply("two\r\n250 lines"),
        Smtp550.reply("5.1.1 is no text"),
        codes_core::Smtp250.reply("Ok").enhanced(no_such_user),
    ] {
        match refused.check() {
            Ok(()) => println!("  fine"),
            Err(error) => println!("  refused: {error}"),
        }
    }
    Ok(())
}

fn judge(reply: &Reply<'_>, command: Command) {
    print!("    {}", reply.code().as_str());
    if let Some(enhanced) = reply.enhanced() {
        print!(", {}", enhanced.info());
    }
    println!();
    for deviation in reply.deviations().iter() {
        let offset = reply.offset_of(deviation).unwrap_or_default();
        println!("    {deviation} at octet {offset}");
    }
    let advice = reply.situation().at(command).advice();
    print!("    {}: {}", command.moment(), advice.action());
    for then in advice.then() {
        print!(", then {then}");
    }
    match advice.may_bounce() {
        true => println!("; may bounce"),
        false => println!(),
    }
}
