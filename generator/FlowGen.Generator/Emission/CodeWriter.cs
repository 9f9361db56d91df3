using System.Text;

namespace FlowGen.Generator.Emission;

/// <summary>Writes indented C#. Always ends lines with <c>\n</c>, so that output depends on the source alone.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Writes several lines, each indented alike. Inner indentation is kept.</summary>
    public void Lines(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            Line(line.TrimEnd('\r'));
        }
    }

    public void Open(string header = "")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _depth++;
    }

    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    /// <summary>A label stands one level out, so that the steps of a method can be told apart.</summary>
    public void Label(string name)
    {
        _text.Append(' ', 4 * Math.Max(0, _depth - 1)).Append(name).Append(":\n");
    }

    public override string ToString() => _text.ToString();
}
