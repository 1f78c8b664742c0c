# Sums the test counts of JUnit XML reports: the first <testsuite ...> line of each file given.
# Prints: passed failed skipped
function count(name,    pattern) {
    pattern = " " name "=\"[0-9]+\""
    if (!match($0, pattern)) {
        return 0
    }
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0
}

/<testsuite / {
    if (seen[FILENAME]++) {
        next
    }
    tests += count("tests")
    failed += count("failures") + count("errors")
    skipped += count("skipped")
}

END {
    printf "%d %d %d\n", tests - failed - skipped, failed, skipped
}
