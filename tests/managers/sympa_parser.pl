# Sympa's command parser: which addresses the mails on standard input would subscribe, a line for each.
#
# A mail is one line: envelope sender, envelope recipient and the message in hexadecimal digits, with blanks in
# between. It is read by Sympa's own code as far as its requests: the spool's reading of the recipient, the message
# with its MIME and its charsets, the way by which the incoming spool sends it, and the requests in it. What is
# behind that, and needs a database and its configuration, is here: a site with the lists named as arguments.
#
# Usage: perl sympa_parser.pl DOMAIN LIST... < MAILS, with Sympa in PERL5LIB
use strict;
use warnings;

our ($domain, %lists);

# Sympa's own; every other module of Sympa is the few lines below, or nothing.
my %own = map { $_ => 1 } qw(
    Sympa/CommandDef.pm Sympa/Message.pm Sympa/Regexps.pm Sympa/Request.pm Sympa/Request/Handler.pm
    Sympa/Request/Message.pm Sympa/Spindle.pm Sympa/Spindle/ProcessIncoming.pm Sympa/Spool.pm
    Sympa/Spool/Incoming.pm Sympa/Tools/Text.pm
);
# What those use for mails of other kinds: HTML, encryption, databases.
my $needless = qr{\A(?:Crypt/|DateTime|HTML/|Mail/DKIM/|Net/DNS|URI/Escape)};

my %ours = (
    'Conf' => q{
        our %Conf = (domain => $main::domain, email => 'sympa', listmaster_email => 'listmaster', umask => '027',
            tmpdir => $ENV{TMPDIR} || '/tmp',
            queue => '/nonexistent', sender_headers => 'From', lang => 'en', log_level => 0);
        my %of_robot = (domain => $main::domain, email => 'sympa', listmaster_email => 'listmaster', lang => 'en',
            list_check_suffixes => 'request,owner,editor,unsubscribe,subscribe', return_path_suffix => '-owner',
            log_level => 0, log_smtp => 'off', sympa_priority => 1, request_priority => 0, owner_priority => 9,
            default_list_priority => 5);
        sub get_robot_conf { return $of_robot{$_[1]} }
        sub valid_robot { return lc $_[0] eq $main::domain }
    },
    'Sympa' => q{
        sub get_address { my ($that, $type) = @_;
            return (ref $that ? $that->{name} : 'sympa') . ($type ? "-$type" : '') . '@' . $main::domain }
        sub send_dsn { 1 } sub send_file { 1 } sub send_notify_to_listmaster { 1 }
    },
    'Sympa::Constants' => q{ use constant {VERSION => '6', USER => '', GROUP => ''}; },
    'Sympa::Language' => q{
        sub instance { return bless {} => shift } sub set_lang { 'en' } sub get_lang { 'en' } sub gettext { $_[1] }
    },
    'Sympa::List' => q{
        # As Sympa::List::new takes a name apart, for the lists that there are.
        sub new {
            my ($class, $name) = @_;
            $name = lc $name;
            $name = $1 if $name =~ /^(\S+)\0/;
            $name = (split /\@/, $name)[0] if $name =~ /\@/;
            return undef unless defined $name and $main::lists{$name};
            return bless {name => $name, domain => $main::domain, admin => {priority => 5}} => $class;
        }
    },
    'Sympa::Log'         => q{ sub instance { return bless {} => shift } sub syslog { 1 } sub db_log { 1 } },
    'Sympa::Mailer'      => q{ sub instance { return bless {} => shift } },
    'Sympa::Scenario'    => q{ sub new { return bless {} => shift } sub authz { 'unknown' } },
    'Sympa::Tools::Data' => q{ sub smart_eq { my ($a, $b) = @_; return defined $a && defined $b &&
        (ref $b eq 'Regexp' ? $a =~ $b : $a eq $b) } },
    'Sympa::User' => q{ sub new { return undef } },
);

unshift @INC, sub {
    my ($self, $file) = @_;
    return undef if $own{$file} or $file =~ m{\ASympa/Request/Handler/};
    return undef unless $file =~ m{\A(?:Sympa/|Sympa\.pm|Conf\.pm)} or $file =~ $needless;
    (my $module = $file) =~ s{/}{::}g;
    $module =~ s/\.pm\z//;
    my $text = "package $module; use strict; use warnings; sub import { 1 } " . ($ours{$module} || '') . ' 1;';
    open my $source, '<', \$text or die "no $module: $!";
    return $source;
};

($domain, my @names) = @ARGV;
%lists = map { $_ => 1 } @names;
die "which domain, and which lists?\n" unless defined $domain and @names;

require Sympa::Message;
require Sympa::Spool::Incoming;
require Sympa::Spindle::ProcessIncoming;
require Sympa::Request::Message;

# A request that would subscribe somebody, or ask whether it may.
sub subscribed {
    my $request = shift;
    return () if $request->{error};
    return subscribed($request->{request}) if $request->{action} eq 'auth' and $request->{request};
    return () unless grep { $request->{action} eq $_ } qw(subscribe add invite);
    return defined $request->{email} ? $request->{email} : '?';
}

# As an MTA calls Sympa's queue, which puts one line on top of what the MTA has put there.
sub read_mail {
    my ($mail_from, $rcpt_to, $octets) = @_;
    my ($local, $at) = split /\@/, $rcpt_to, 2;
    $local =~ s/\+.*//;    # an alias is looked up without its detail
    my $recipient = lc "$local\@$at";
    my $metadata  = Sympa::Spool::unmarshal_metadata(
        '/nonexistent', "$recipient.1894708800.1,1",
        Sympa::Spool::Incoming->_marshal_regexp,
        Sympa::Spool::Incoming->_marshal_keys
    ) or return ();
    my $on_top = "X-Sympa-To: $recipient\nReturn-Path: <$mail_from>\n"
        . "Received: from mx.nic.xa by lists.example; Tue, 15 Jan 2030 12:00:00 +0000\n";
    my $message = Sympa::Message->new($on_top . $octets, %$metadata) or return ();
    my $way = Sympa::Spindle::ProcessIncoming::_twist(bless({} => 'Sympa::Spindle::ProcessIncoming'), $message);
    return () unless ref $way and $way->[0] eq 'Sympa::Spindle::DoCommand';
    my $requests = Sympa::Request::Message->new(message => $message);
    my @found;
    while (my ($request) = $requests->next) {
        push @found, subscribed($request);
    }
    return @found;
}

$| = 1;
while (my $line = <STDIN>) {
    chomp $line;
    my ($mail_from, $rcpt_to, $digits) = split / /, $line, 3;
    (my $octets = pack 'H*', $digits) =~ s/\r\n/\n/g;
    my @found = eval { read_mail($mail_from, $rcpt_to, $octets) };
    warn $@ if $@;
    print join(' ', sort map { s/\s/?/gr } @found), "\n";
}
