def f():
    print "Python 2"
