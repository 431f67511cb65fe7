# Stands in for a process that repairs the embedded file after a kill: marks the index of its log as unfinished and holds the lock
# for repairing it (byte 122 of the -shm file) until its input ends. Node cannot lock bytes of a file. Linux, 64 bits.
use strict;
use Fcntl;

open(my $shm, '+<', "$ARGV[0]-shm") or die "no -shm file: $!";
my $lock = pack('s s x4 q q l x4', F_WRLCK, 0, 122, 1, 0);
fcntl($shm, F_SETLK, $lock) or die "not locked: $!";
syswrite($shm, "\0" x 96) == 96 or die "not marked: $!";
$| = 1;
print "held\n";
<STDIN>;
